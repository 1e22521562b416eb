-- What the customer wrote that is still there: its newest is a task's source. A walk of all that the customer sees would pass
-- every answer of the team first, and where the customer wrote nothing, all of them.
CREATE INDEX "message_of_a_customer" ON "message"("workspace_id", "conversation_id", "customer_seq")
    WHERE "contact_id" IS NOT NULL AND "deleted_at" IS NULL;
