package io.tributary.kiosk;

import tools.jackson.databind.node.ObjectNode;

/// One message between a device and us, either way: a call, its result or why there is none (OCPP-J
/// 1.6, section 4.2).
sealed interface Message {

    /// By which a result finds its call.
    String id();

    /// The frame's text.
    String text();

    /// `[2, id, action, payload]`
    record Call(String id, String action, ObjectNode payload) implements Message {
        @Override
        public String text() {
            return WireJson.write(WireJson.array().add(2).add(id).add(action).add(payload));
        }
    }

    /// `[3, id, payload]`
    record Result(String id, ObjectNode payload) implements Message {
        @Override
        public String text() {
            return WireJson.write(WireJson.array().add(3).add(id).add(payload));
        }
    }

    /// `[4, id, code, description]`, and details that nobody here reads
    record Failure(String id, String code, String description) implements Message {
        @Override
        public String text() {
            return WireJson.write(
                    WireJson.array()
                            .add(4)
                            .add(id)
                            .add(code)
                            .add(description)
                            .add(WireJson.object()));
        }
    }
}
