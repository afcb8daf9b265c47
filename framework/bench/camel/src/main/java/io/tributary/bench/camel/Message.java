package io.tributary.bench.camel;

import java.util.Map;

/// What is made of a webhook and written as JSON: who said what to whom, and the provider's own
/// fields beside it.
record Message(
        String id,
        String channel,
        String account,
        String direction,
        String from,
        String to,
        long receivedAt,
        String text,
        Map<String, Object> provider) {

    static Message of(Map<String, Object> form) {
        return new Message(
                (String) form.get("MessageSid"),
                "sms",
                (String) form.get("AccountSid"),
                "inbound",
                (String) form.get("From"),
                (String) form.get("To"),
                System.currentTimeMillis(),
                (String) form.get("Body"),
                form);
    }
}
