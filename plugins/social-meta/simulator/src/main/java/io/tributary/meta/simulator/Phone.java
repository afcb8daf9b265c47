package io.tributary.meta.simulator;

import java.time.InstantSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Webhooks in the form in which WhatsApp tells what customers do.
final class Phone {

    private final String phoneNumberId;
    private final InstantSource clock;

    Phone(Options options) {
        phoneNumberId = options.phoneNumberId();
        clock = options.clock();
    }

    /// A message of somebody, to which its content is still to be added.
    record Draft(ObjectNode webhook, ObjectNode message) {}

    Draft message(String waId, String id, String type) {
        var webhook = JsonMapper.shared().createObjectNode();
        var value = value(webhook);
        var contact = value.putArray("contacts").addObject();
        contact.putObject("profile").put("name", "Customer " + waId);
        contact.put("wa_id", waId).put("user_id", "US." + waId);
        var message = value.putArray("messages").addObject();
        message.put("from", waId).put("from_user_id", "US." + waId);
        message.put("id", id).put("timestamp", seconds()).put("type", type);
        return new Draft(webhook, message);
    }

    ObjectNode status(Taken message, String status) {
        var webhook = JsonMapper.shared().createObjectNode();
        ArrayNode statuses = value(webhook).putArray("statuses");
        var told = statuses.addObject();
        told.put("id", message.id()).put("status", status).put("timestamp", seconds());
        told.put("recipient_id", message.waId()).put("recipient_user_id", "US." + message.waId());
        if (!message.carried().isEmpty()) {
            told.put("biz_opaque_callback_data", message.carried());
        }
        return webhook;
    }

    private ObjectNode value(ObjectNode webhook) {
        webhook.put("object", "whatsapp_business_account");
        var change =
                webhook.putArray("entry")
                        .addObject()
                        .put("id", "102290129340398")
                        .putArray("changes")
                        .addObject();
        change.put("field", "messages");
        var value = change.putObject("value").put("messaging_product", "whatsapp");
        value.putObject("metadata")
                .put("display_phone_number", "15550783881")
                .put("phone_number_id", phoneNumberId);
        return value;
    }

    private String seconds() {
        return Long.toString(clock.instant().getEpochSecond());
    }
}
