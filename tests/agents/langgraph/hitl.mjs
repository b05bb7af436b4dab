// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The real middleware of langchain over a model that does what the first message says: a JSON list of tool calls.
import { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { AIMessage } from "@langchain/core/messages";
import { createAgent, humanInTheLoopMiddleware, tool } from "langchain";
import { z } from "zod";

class Scripted extends BaseChatModel {
    _llmType() {
        return "scripted";
    }
    bindTools() {
        return this;
    }
    async _generate(messages) {
        const first = messages.find((m) => m.getType() === "human");
        const asked = messages.some((m) => m.getType() === "ai");
        const message = asked
            ? new AIMessage("done")
            : new AIMessage({ content: "", tool_calls: JSON.parse(first.text).map(
                (call, i) => ({ type: "tool_call", id: `call-${i}`, ...call })) });
        return { generations: [{ text: message.text, message }] };
    }
}

const refund = tool(async (args) => `refunded ${JSON.stringify(args)}`, {
    name: "refund", description: "Refund an order", schema: z.object({ order: z.string(), amount: z.number() }) });
const mail = tool(async (args) => `mailed ${JSON.stringify(args)}`, {
    name: "send_mail", description: "Send a mail", schema: z.object({ to: z.string() }) });

export const hitl = createAgent({
    model: new Scripted({}),
    tools: [refund, mail],
    middleware: [humanInTheLoopMiddleware({ interruptOn: {
        refund: { allowedDecisions: ["approve", "edit", "reject"],
                  argsSchema: { type: "object", properties: { order: { type: "string" }, amount: { type: "number" } },
                                required: ["order", "amount"] } },
        send_mail: { allowedDecisions: ["approve", "reject"] },
    } })],
}).graph;
