-- What a Prisma schema cannot say. The lines that stand in a conversation besides its messages are read from the log by the
-- conversation's numbers: they are few, and a message, of which there are many, is not in this index.
CREATE INDEX "event_line" ON "event"("workspace_id", "conversation_id", "staff_seq")
    WHERE "type" IN ('conversation.started', 'member.changed', 'room.changed', 'ticket.moved', 'ticket.assigned');
