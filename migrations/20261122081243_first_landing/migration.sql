-- CreateEnum
CREATE TYPE "space_kind" AS ENUM ('inbox', 'channel', 'group', 'direct');

-- CreateEnum
CREATE TYPE "agent_role" AS ENUM ('owner', 'admin', 'agent');

-- CreateEnum
CREATE TYPE "identity_kind" AS ENUM ('email', 'phone', 'external');

-- CreateEnum
CREATE TYPE "conversation_kind" AS ENUM ('support', 'channel', 'group', 'direct');

-- CreateEnum
CREATE TYPE "message_visibility" AS ENUM ('everyone', 'staff');

-- CreateEnum
CREATE TYPE "message_channel" AS ENUM ('chat', 'api', 'email');

-- CreateEnum
CREATE TYPE "ticket_status" AS ENUM ('open', 'pending', 'resolved', 'closed');

-- CreateEnum
CREATE TYPE "audience" AS ENUM ('everyone', 'staff');

-- CreateTable
CREATE TABLE "workspace" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "zone" TEXT NOT NULL DEFAULT 'UTC',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workspace_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "space" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" "space_kind" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "space_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "agent" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "role" "agent_role" NOT NULL DEFAULT 'agent',
    "locale" TEXT,
    "zone" TEXT,
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agent_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "agent_identity" (
    "workspace_id" UUID NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "agent_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agent_identity_pkey" PRIMARY KEY ("workspace_id","issuer","subject")
);

-- CreateTable
CREATE TABLE "space_member" (
    "workspace_id" UUID NOT NULL,
    "space_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "space_member_pkey" PRIMARY KEY ("workspace_id","space_id","agent_id")
);

-- CreateTable
CREATE TABLE "session" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "id_token" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "personal_token" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "hint" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "scopes" TEXT[],
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "personal_token_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "contact" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT,
    "locale" TEXT,
    "zone" TEXT,
    "merged_into_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "contact_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "contact_identity" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "kind" "identity_kind" NOT NULL,
    "value" TEXT NOT NULL,
    "verified_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "contact_identity_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "visitor" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "inbox_id" UUID NOT NULL,
    "origin" TEXT NOT NULL,
    "generation" INTEGER NOT NULL DEFAULT 1,
    "rotated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "visitor_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "conversation" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "space_id" UUID NOT NULL,
    "kind" "conversation_kind" NOT NULL,
    "contact_id" UUID,
    "staff_seq" INTEGER NOT NULL DEFAULT 0,
    "customer_seq" INTEGER NOT NULL DEFAULT 0,
    "staff_activity_at" TIMESTAMPTZ(3) NOT NULL,
    "customer_activity_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "conversation_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "message" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "staff_seq" INTEGER NOT NULL,
    "customer_seq" INTEGER,
    "agent_id" UUID,
    "contact_id" UUID,
    "visibility" "message_visibility" NOT NULL,
    "body" TEXT NOT NULL,
    "channel" "message_channel" NOT NULL DEFAULT 'chat',
    "external_id" TEXT,
    "client_id" TEXT NOT NULL,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "message_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "read_mark" (
    "workspace_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "reader_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "read_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "read_mark_pkey" PRIMARY KEY ("workspace_id","conversation_id","reader_id")
);

-- CreateTable
CREATE TABLE "inbox" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "space_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "public_key" TEXT NOT NULL,
    "allowed_origins" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "inbox_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "ticket" (
    "workspace_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "inbox_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "status" "ticket_status" NOT NULL DEFAULT 'open',
    "status_at" TIMESTAMPTZ(3) NOT NULL,
    "first_reply_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ticket_pkey" PRIMARY KEY ("workspace_id","conversation_id")
);

-- CreateTable
CREATE TABLE "ticket_counter" (
    "workspace_id" UUID NOT NULL,
    "last_number" INTEGER NOT NULL,

    CONSTRAINT "ticket_counter_pkey" PRIMARY KEY ("workspace_id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" BIGSERIAL NOT NULL,
    "workspace_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "version" SMALLINT NOT NULL,
    "audience" "audience" NOT NULL,
    "space_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "contact_id" UUID,
    "staff_seq" INTEGER NOT NULL,
    "customer_seq" INTEGER,
    "payload" JSONB NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event" (
    "position" BIGINT NOT NULL,
    "workspace_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "version" SMALLINT NOT NULL,
    "audience" "audience" NOT NULL,
    "space_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "contact_id" UUID,
    "staff_seq" INTEGER NOT NULL,
    "customer_seq" INTEGER,
    "payload" JSONB NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "event_pkey" PRIMARY KEY ("position")
);

-- CreateTable
CREATE TABLE "log_head" (
    "id" SMALLINT NOT NULL DEFAULT 1,
    "name" UUID NOT NULL,
    "position" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "log_head_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "listener" (
    "name" TEXT NOT NULL,
    "position" BIGINT NOT NULL,

    CONSTRAINT "listener_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "parked_event" (
    "listener" TEXT NOT NULL,
    "position" BIGINT NOT NULL,
    "conversation_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "parked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "parked_event_pkey" PRIMARY KEY ("listener","position")
);

-- CreateTable
CREATE TABLE "request" (
    "workspace_id" UUID NOT NULL,
    "caller_id" UUID NOT NULL,
    "client_id" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "result_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "request_pkey" PRIMARY KEY ("workspace_id","caller_id","client_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "agent_workspace_id_email_key" ON "agent"("workspace_id", "email");

-- CreateIndex
CREATE INDEX "agent_identity_workspace_id_agent_id_idx" ON "agent_identity"("workspace_id", "agent_id");

-- CreateIndex
CREATE INDEX "space_member_workspace_id_agent_id_idx" ON "space_member"("workspace_id", "agent_id");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_hash_key" ON "session"("token_hash");

-- CreateIndex
CREATE INDEX "session_workspace_id_agent_id_idx" ON "session"("workspace_id", "agent_id");

-- CreateIndex
CREATE INDEX "session_expires_at_idx" ON "session"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "personal_token_token_hash_key" ON "personal_token"("token_hash");

-- CreateIndex
CREATE INDEX "personal_token_workspace_id_agent_id_idx" ON "personal_token"("workspace_id", "agent_id");

-- CreateIndex
CREATE INDEX "contact_workspace_id_merged_into_id_idx" ON "contact"("workspace_id", "merged_into_id");

-- CreateIndex
CREATE INDEX "contact_identity_workspace_id_contact_id_idx" ON "contact_identity"("workspace_id", "contact_id");

-- CreateIndex
CREATE INDEX "contact_identity_workspace_id_kind_value_idx" ON "contact_identity"("workspace_id", "kind", "value");

-- CreateIndex
CREATE INDEX "visitor_workspace_id_contact_id_idx" ON "visitor"("workspace_id", "contact_id");

-- CreateIndex
CREATE INDEX "visitor_workspace_id_inbox_id_idx" ON "visitor"("workspace_id", "inbox_id");

-- CreateIndex
CREATE INDEX "conversation_workspace_id_space_id_staff_activity_at_id_idx" ON "conversation"("workspace_id", "space_id", "staff_activity_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "conversation_workspace_id_contact_id_customer_activity_at_i_idx" ON "conversation"("workspace_id", "contact_id", "customer_activity_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "message_workspace_id_conversation_id_staff_seq_key" ON "message"("workspace_id", "conversation_id", "staff_seq");

-- CreateIndex
CREATE UNIQUE INDEX "message_workspace_id_conversation_id_customer_seq_key" ON "message"("workspace_id", "conversation_id", "customer_seq");

-- CreateIndex
CREATE UNIQUE INDEX "inbox_public_key_key" ON "inbox"("public_key");

-- CreateIndex
CREATE INDEX "inbox_workspace_id_space_id_idx" ON "inbox"("workspace_id", "space_id");

-- CreateIndex
CREATE INDEX "ticket_workspace_id_inbox_id_idx" ON "ticket"("workspace_id", "inbox_id");

-- CreateIndex
CREATE INDEX "ticket_workspace_id_status_idx" ON "ticket"("workspace_id", "status");

-- CreateIndex
CREATE UNIQUE INDEX "ticket_workspace_id_number_key" ON "ticket"("workspace_id", "number");

-- CreateIndex
CREATE INDEX "event_workspace_id_position_idx" ON "event"("workspace_id", "position");

-- CreateIndex
CREATE INDEX "event_conversation_id_position_idx" ON "event"("conversation_id", "position");

-- CreateIndex
CREATE INDEX "event_contact_id_position_idx" ON "event"("contact_id", "position");

-- CreateIndex
CREATE INDEX "parked_event_listener_conversation_id_idx" ON "parked_event"("listener", "conversation_id");

-- AddForeignKey
ALTER TABLE "space" ADD CONSTRAINT "space_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent" ADD CONSTRAINT "agent_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_identity" ADD CONSTRAINT "agent_identity_workspace_id_agent_id_fkey" FOREIGN KEY ("workspace_id", "agent_id") REFERENCES "agent"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "space_member" ADD CONSTRAINT "space_member_workspace_id_space_id_fkey" FOREIGN KEY ("workspace_id", "space_id") REFERENCES "space"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "space_member" ADD CONSTRAINT "space_member_workspace_id_agent_id_fkey" FOREIGN KEY ("workspace_id", "agent_id") REFERENCES "agent"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_workspace_id_agent_id_fkey" FOREIGN KEY ("workspace_id", "agent_id") REFERENCES "agent"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "personal_token" ADD CONSTRAINT "personal_token_workspace_id_agent_id_fkey" FOREIGN KEY ("workspace_id", "agent_id") REFERENCES "agent"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact" ADD CONSTRAINT "contact_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact" ADD CONSTRAINT "contact_workspace_id_merged_into_id_fkey" FOREIGN KEY ("workspace_id", "merged_into_id") REFERENCES "contact"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_identity" ADD CONSTRAINT "contact_identity_workspace_id_contact_id_fkey" FOREIGN KEY ("workspace_id", "contact_id") REFERENCES "contact"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visitor" ADD CONSTRAINT "visitor_workspace_id_contact_id_fkey" FOREIGN KEY ("workspace_id", "contact_id") REFERENCES "contact"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visitor" ADD CONSTRAINT "visitor_workspace_id_inbox_id_fkey" FOREIGN KEY ("workspace_id", "inbox_id") REFERENCES "inbox"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_workspace_id_space_id_fkey" FOREIGN KEY ("workspace_id", "space_id") REFERENCES "space"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_workspace_id_contact_id_fkey" FOREIGN KEY ("workspace_id", "contact_id") REFERENCES "contact"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_workspace_id_conversation_id_fkey" FOREIGN KEY ("workspace_id", "conversation_id") REFERENCES "conversation"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_workspace_id_agent_id_fkey" FOREIGN KEY ("workspace_id", "agent_id") REFERENCES "agent"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_workspace_id_contact_id_fkey" FOREIGN KEY ("workspace_id", "contact_id") REFERENCES "contact"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "read_mark" ADD CONSTRAINT "read_mark_workspace_id_conversation_id_fkey" FOREIGN KEY ("workspace_id", "conversation_id") REFERENCES "conversation"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inbox" ADD CONSTRAINT "inbox_workspace_id_space_id_fkey" FOREIGN KEY ("workspace_id", "space_id") REFERENCES "space"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ticket" ADD CONSTRAINT "ticket_workspace_id_conversation_id_fkey" FOREIGN KEY ("workspace_id", "conversation_id") REFERENCES "conversation"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ticket" ADD CONSTRAINT "ticket_workspace_id_inbox_id_fkey" FOREIGN KEY ("workspace_id", "inbox_id") REFERENCES "inbox"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What a Prisma schema cannot say.
ALTER TABLE "message"
    ADD CONSTRAINT "message_has_one_author" CHECK (num_nonnulls("agent_id", "contact_id") = 1),
    ADD CONSTRAINT "message_note_is_staffs" CHECK (("visibility" = 'staff') = ("customer_seq" IS NULL)),
    ADD CONSTRAINT "message_body_fits" CHECK (char_length("body") BETWEEN 1 AND 10000);

ALTER TABLE "conversation"
    ADD CONSTRAINT "conversation_counts_agree" CHECK ("customer_seq" BETWEEN 0 AND "staff_seq"),
    ADD CONSTRAINT "conversation_support_has_contact" CHECK ("kind" <> 'support' OR "contact_id" IS NOT NULL);

ALTER TABLE "event"
    ADD CONSTRAINT "event_audience_agrees" CHECK (("audience" = 'staff') = ("customer_seq" IS NULL));

-- In the outbox too: a row that the log would refuse must fail its own transaction, not the sequencer for ever after.
ALTER TABLE "outbox"
    ADD CONSTRAINT "outbox_audience_agrees" CHECK (("audience" = 'staff') = ("customer_seq" IS NULL));

ALTER TABLE "log_head" ADD CONSTRAINT "log_head_is_one_row" CHECK ("id" = 1);

INSERT INTO "log_head" ("id", "name", "position") VALUES (1, gen_random_uuid(), 0);

-- The outbox is emptied as fast as it fills; its dead rows must not pile up under the sequencer.
ALTER TABLE "outbox" SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
