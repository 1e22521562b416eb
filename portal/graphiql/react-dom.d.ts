// The one thing of react-dom in use; its own types would be another package.
declare module "react-dom/client" {
  export function createRoot(container: Element): { render: (node: import("react").ReactNode) => void };
}
