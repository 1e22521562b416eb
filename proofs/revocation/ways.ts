import { disableAgent } from "../../api/people/actions/disable-agent.ts";
import { removeSpaceMember } from "../../api/people/actions/remove-space-member.ts";
import { revokePersonalToken } from "../../api/people/actions/revoke-personal-token.ts";
import { revokeVisitor } from "../../api/people/actions/revoke-visitor.ts";
import type { ApiProcess } from "../ground/api-process.ts";
import { succeeded } from "../ground/cast.ts";
import type { Crew, Member, MemberKind } from "./crew.ts";

/** A way of taking access. Returns once it is committed. */
export type Way = {
  name: string;
  take: (member: Member, crew: Crew, elsewhere: ApiProcess) => Promise<unknown>;
};

const tokenRevoked: Way = {
  name: "token revoked",
  take: async (member, { owner }) => {
    if ("tokenId" in member) succeeded(await revokePersonalToken(owner, { tokenId: member.tokenId! }));
  },
};

const agentDisabled: Way = {
  name: "agent disabled",
  take: async (member, { owner }) => {
    if ("agentId" in member) succeeded(await disableAgent(owner, member));
  },
};

/** The only way that leaves the credential good: what remains may be followed on. */
export const memberRemoved: Way = {
  name: "member removed",
  take: async (member, { owner, spaceId }) => {
    if ("agentId" in member) succeeded(await removeSpaceMember(owner, { spaceId, agentId: member.agentId }));
  },
};

const visitorRevoked: Way = {
  name: "visitor revoked",
  take: async (member, { owner }) => {
    if ("visitorId" in member) succeeded(await revokeVisitor(owner, member));
  },
};

/** By the agent, in a window at another process than the stream's. */
const signedOut: Way = {
  name: "signed out",
  take: async ({ credential }, _crew, elsewhere) => {
    const headers = { cookie: credential, "sec-fetch-site": "same-origin" };
    const { status } = await fetch(`${elsewhere.url}/sign-out`, { method: "POST", headers, redirect: "manual" });
    if (status !== 303) throw new Error(`Signing out was answered ${status}.`);
  },
};

/** Every way in which each kind can lose access. */
export const ways: Record<MemberKind, Way[]> = {
  visitor: [visitorRevoked],
  token: [tokenRevoked, agentDisabled, memberRemoved],
  "token of one conversation": [memberRemoved, tokenRevoked, agentDisabled],
  "event stream": [tokenRevoked, agentDisabled, memberRemoved],
  portal: [signedOut, agentDisabled, memberRemoved],
};
