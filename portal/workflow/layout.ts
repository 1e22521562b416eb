import { GROUPS, leadsFrom, type StateGroup, type Workflow, type WorkflowState } from "../../api/tasks/workflow.ts";

export type Point = { x: number; y: number };
export type Box = Point & { width: number; height: number };

/** A state where it stands: the middle of its box. */
export type PlacedState = { state: WorkflowState; at: Point };
/** All moves from one state to another: a curve by its four points, what stands on it, and where. */
export type PlacedArrow = { curve: readonly [Point, Point, Point, Point]; label: string; at: Point };
export type Layout = {
  columns: readonly { group: StateGroup; x: number }[];
  states: readonly PlacedState[];
  arrows: readonly PlacedArrow[];
  bounds: Box;
};

export const NODE = { width: 148, height: 36 };
const COLUMN = 268;
const ROW = 96;
const LABEL_HEIGHT = 16;
const LETTER = 6.4;
/** Where on its curve a label is tried, the best place first. */
const TRIES = [0.5, 0.4, 0.6, 0.32, 0.68, 0.25, 0.75, 0.2, 0.8];

type Names = (named: { name: string }) => string;

/** Places a workflow: a column for each group of states, and for each two states an arrow with all moves from the one to the other. */
export function layOut(workflow: Workflow, nameOf: Names): Layout {
  const groups = GROUPS.filter((group) => workflow.states.some((state) => state.group === group));
  const columns = groups.map((group, nth) => ({ group, x: nth * COLUMN }));
  const states = columns.flatMap(({ group, x }) =>
    workflow.states.filter((state) => state.group === group).map((state, nth) => ({ state, at: { x, y: nth * ROW } })),
  );
  const arrows = placeLabels(arrowsBetween(workflow, states, nameOf), states);
  return { columns, states, arrows, bounds: boundsOf(states, arrows) };
}

type Unlabelled = Pick<PlacedArrow, "curve" | "label">;

function arrowsBetween({ moves }: Workflow, states: readonly PlacedState[], nameOf: Names): Unlabelled[] {
  return states.flatMap((from) =>
    states.flatMap((to) => {
      const between = moves.filter((move) => move.to === to.state.id && leadsFrom(move, from.state.id));
      if (from === to || between.length === 0) return [];
      return [{ curve: curveBetween(from.at, to.at), label: between.map(nameOf).join(", ") }];
    }),
  );
}

/** From left to right a move leaves a box at its end and comes to the other's beginning; back it goes round below, and within a column beside it. */
function curveBetween(from: Point, to: Point): PlacedArrow["curve"] {
  const side = NODE.width / 2;
  const span = (to.x - from.x) / COLUMN;
  if (span > 0) {
    const lift = -26 * (span - 1);
    const [start, end] = [shifted(from, side, -6), shifted(to, -side - 4, -6)];
    const pull = COLUMN * 0.35 * span;
    return [start, shifted(start, pull, lift), shifted(end, -pull, lift), end];
  }
  if (span < 0) {
    const fall = 40 + 22 * -span;
    const [start, end] = [shifted(from, -16, NODE.height / 2), shifted(to, 16, NODE.height / 2 + 4)];
    return [start, shifted(start, -30, fall), shifted(end, 30, fall), end];
  }
  const isDown = to.y > from.y;
  const reach = (isDown ? 1 : -1) * (28 + 14 * (Math.abs(to.y - from.y) / ROW));
  const edge = isDown ? side : -side;
  const tip = isDown ? 4 : -4;
  const [start, end] = [shifted(from, edge, 8), shifted(to, edge + tip, isDown ? -8 : 8)];
  return [start, shifted(start, reach, 0), shifted(end, reach, 0), end];
}

function shifted({ x, y }: Point, dx: number, dy: number): Point {
  return { x: x + dx, y: y + dy };
}

/** Each label where it covers least of the boxes and of the labels before it. */
function placeLabels(arrows: readonly Unlabelled[], states: readonly PlacedState[]): PlacedArrow[] {
  const taken = states.map(({ at }) => boxAround(at, NODE));
  return arrows.map((arrow) => {
    const tries = TRIES.map((part) => pointOn(arrow.curve, part));
    const covered = tries.map((at) => coverage(labelBox(arrow.label, at), taken));
    const at = tries[covered.indexOf(Math.min(...covered))]!;
    taken.push(labelBox(arrow.label, at));
    return { ...arrow, at };
  });
}

function labelBox(label: string, at: Point): Box {
  return boxAround(at, { width: label.length * LETTER + 8, height: LABEL_HEIGHT });
}

function boxAround({ x, y }: Point, { width, height }: { width: number; height: number }): Box {
  return { x: x - width / 2, y: y - height / 2, width, height };
}

function coverage(box: Box, others: readonly Box[]): number {
  return others.reduce((sum, other) => {
    const width = Math.min(box.x + box.width, other.x + other.width) - Math.max(box.x, other.x);
    const height = Math.min(box.y + box.height, other.y + other.height) - Math.max(box.y, other.y);
    return sum + Math.max(0, width) * Math.max(0, height);
  }, 0);
}

function pointOn([a, b, c, d]: PlacedArrow["curve"], part: number): Point {
  const rest = 1 - part;
  const mix = (of: (point: Point) => number) =>
    rest ** 3 * of(a) + 3 * rest ** 2 * part * of(b) + 3 * rest * part ** 2 * of(c) + part ** 3 * of(d);
  return { x: mix(({ x }) => x), y: mix(({ y }) => y) };
}

/** All that is drawn, with the names of the groups above. */
function boundsOf(states: readonly PlacedState[], arrows: readonly PlacedArrow[]): Box {
  const boxes = [
    ...states.map(({ at }) => boxAround(at, NODE)),
    ...arrows.map(({ label, at }) => labelBox(label, at)),
    ...arrows.flatMap(({ curve }) => [0.25, 0.5, 0.75].map((part) => boxAround(pointOn(curve, part), NODE_LINE))),
  ];
  const left = Math.min(...boxes.map(({ x }) => x)) - MARGIN;
  const top = Math.min(...boxes.map(({ y }) => y)) - MARGIN - HEADING;
  const right = Math.max(...boxes.map(({ x, width }) => x + width)) + MARGIN;
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height)) + MARGIN;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

const NODE_LINE = { width: 2, height: 2 };
const MARGIN = 8;
export const HEADING = 28;
