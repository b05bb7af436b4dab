// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One graph for each way in which LangGraph agents ask. Every graph takes {ask, delay}: `ask` replaces its question,
// `delay` holds the run for so many milliseconds after the answer. What it did is counted in `effects`.
import { Annotation, END, START, StateGraph, interrupt } from "@langchain/langgraph";
import { z } from "zod";

const State = Annotation.Root({
    ask: Annotation(),
    delay: Annotation(),
    confidence: Annotation(),
    effects: Annotation({ reducer: (a, b) => a.concat(b), default: () => [] }),
});

const pause = (ms) => new Promise((done) => setTimeout(done, ms ?? 0));

/** A node that asks, waits, has `act` check and carry out the answer, and records what it did. */
function asking(question, act, options) {
    return async (state) => {
        const answer = interrupt(state.ask ?? question, options);
        await pause(state.delay);
        return { effects: [].concat(act(answer, state.ask ?? question)) };
    };
}

function single(node) {
    return new StateGraph(State).addNode("work", node).addEdge(START, "work").addEdge("work", END).compile();
}

const refund = {
    action_request: { action: "refund", args: { order: "A1", amount: 100.1, note: null, count: 42, text: "42" } },
    config: { allow_accept: true, allow_edit: true, allow_respond: true, allow_ignore: true },
    description: "Order **A1** arrived broken.",
};

function inboxAct(answers, question) {
    const requests = [].concat(question);
    if (!Array.isArray(answers) || answers.length !== requests.length) {
        throw new Error(`expected ${requests.length} answer(s)`);
    }
    return answers.map(({ type, args }, i) => {
        const request = requests[i].action_request;
        if (type === "ignore" && args === null) {
            return { did: "nothing" };
        }
        if (type === "response" && typeof args === "string") {
            return { did: "heard", text: args };
        }
        if ((type === "accept" || type === "edit") && args?.action === request.action) {
            return { did: args.action, args: args.args, edited: type === "edit" };
        }
        throw new Error(`bad answer ${JSON.stringify(answers[i])}`);
    });
}

export const inbox = single(asking(refund, inboxAct));
export const inboxlist = single(
    asking([refund, { ...refund, action_request: { action: "apologise", args: { to: "Ann" } } }], inboxAct));

const snakeQuestion = {
    action_requests: [
        { name: "refund", args: { order: "A1", amount: 120 }, description: "Refund order A1" },
        { name: "send_mail", args: { to: "ann@example.org" }, description: "Tell Ann" },
    ],
    review_configs: [
        { action_name: "refund", allowed_decisions: ["approve", "edit", "reject", "respond"],
          args_schema: { type: "object", properties: { order: { type: "string" }, amount: { type: "number", maximum: 500 } },
                         required: ["order", "amount"], additionalProperties: false } },
        { action_name: "send_mail", allowed_decisions: ["approve", "reject"] },
    ],
};

function decide(decision, action, allowed) {
    if (!allowed.includes(decision?.type)) {
        throw new Error(`decision ${decision?.type} is not allowed`);
    }
    switch (decision.type) {
    case "approve":
        return { did: action.name, args: action.args };
    case "edit":
        if (decision.edited_action?.name !== action.name || typeof decision.edited_action.args !== "object") {
            throw new Error("bad edited_action");
        }
        return { did: action.name, args: decision.edited_action.args, edited: true };
    default:
        return { did: decision.type, text: decision.message };
    }
}

/** The batched form of the Python middleware, as it stands in human_in_the_loop.py. */
function snakeAct(answer, question) {
    const actions = question.action_requests;
    if (!Array.isArray(answer?.decisions) || answer.decisions.length !== actions.length) {
        throw new Error("Number of human decisions does not match number of hanging tool calls");
    }
    return answer.decisions.map((d, i) => decide(d, actions[i], question.review_configs[i].allowed_decisions));
}

export const snake = single(asking(snakeQuestion, snakeAct));

export const approval = single(
    asking({ type: "tool_approval", tool_call_id: "call-1", name: "refund", args: { amount: 7 }, description: "Refund 7" },
           (answer, question) => decide(answer, question, ["approve", "edit", "reject", "respond"])));

export const schema = single(asking(
    { title: "How many lamps?" }, (answer) => ({ did: "order", args: answer }),
    { responseSchema: z.object({ lamps: z.number().int().min(1).max(9), note: z.string().optional() }).strict() }));

export const mcp = single(asking(
    { type: "mcp_input_required", server: "travel", tool: "book",
      requests: { seat: { kind: "elicitation", mode: "form", message: "Which seat?",
                          requested_schema: { type: "object", properties: { seat: { type: "string" } },
                                              required: ["seat"] } } } },
    (answer) => ({ did: "book", args: answer })));

export const plain = single(asking("What shall I write?", (answer) => ({ did: "write", args: answer })));

export const strict = single(asking("Say yes or no.", (answer) => {
    if (answer !== "yes" && answer !== "no") {
        throw new Error(`neither yes nor no: ${JSON.stringify(answer)}`);
    }
    return { did: answer };
}));

export const big = single(asking(
    { ...refund, action_request: { action: "transfer", args: { cents: 9007199254740993, to: "X" } } }, inboxAct));

const named = (action) => asking({ ...refund, action_request: { action, args: { n: 1 } } }, inboxAct);

export const fan = new StateGraph(State)
    .addNode("left", named("left"))
    .addNode("right", named("right"))
    .addEdge(START, "left").addEdge(START, "right").addEdge("left", END).addEdge("right", END)
    .compile();

export const twice = single(async (state) => {
    const first = interrupt("First?");
    await pause(state.delay);
    const second = interrupt("Second?");
    return { effects: [{ did: "both", args: [first, second] }] };
});

export const nested = new StateGraph(State)
    .addNode("inner", single(named("deep")))
    .addEdge(START, "inner").addEdge("inner", END)
    .compile();

export const gate = new StateGraph(State)
    .addNode("prepare", async () => ({ effects: [{ did: "prepare" }] }))
    .addNode("danger", async (state) => { await pause(state.delay); return { effects: [{ did: "danger" }] }; })
    .addEdge(START, "prepare").addEdge("prepare", "danger").addEdge("danger", END)
    .compile({ interruptBefore: ["danger"] });
