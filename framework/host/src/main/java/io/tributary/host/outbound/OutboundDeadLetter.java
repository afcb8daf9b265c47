package io.tributary.host.outbound;

import io.tributary.host.journal.Outbox;
import io.tributary.json.InteractionJson;
import io.tributary.model.Bytes;
import io.tributary.model.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What an operator gets to see of a send that failed: the send, what was tried, the later sends
/// that failed with it, and the interaction whole. JSON:
/// `{"key":…,"state":…,"firstPart":…,"parts":…,"expiresAt":…,"attempts":…,"tried":[{"attempt":…,"at":…,"code":…,"text":…}],"later":[{"firstPart":…,"parts":…}],"interaction":{…}}`.
final class OutboundDeadLetter {

    /// How the last member begins. No text can hold this: a quote in it is written otherwise.
    private static final String INTERACTION = "],\"interaction\":";

    private OutboundDeadLetter() {}

    /// @param later the sends that failed with it
    static Bytes payload(
            Carriage carriage, Outbox.Send send, List<Entry.Tried> tried, List<Outbox.Send> later) {
        var json = new StringBuilder(256);
        json.append("{\"key\":").append(quoted(send.key()));
        json.append(",\"state\":").append(quoted(send.state().name()));
        json.append(",\"firstPart\":").append(send.firstPart());
        json.append(",\"parts\":").append(send.parts());
        json.append(",\"expiresAt\":").append(quoted(send.expiresAt().toString()));
        json.append(",\"attempts\":").append(send.attempt());
        json.append(",\"tried\":[");
        for (int i = 0; i < tried.size(); i++) {
            append(json.append(i == 0 ? "" : ","), tried.get(i));
        }
        json.append("],\"later\":[");
        for (int i = 0; i < later.size(); i++) {
            append(json.append(i == 0 ? "" : ","), later.get(i));
        }
        json.append(INTERACTION);
        json.append(Bodies.of(carriage.interaction()).utf8());
        return Bytes.wrap(json.append('}').toString().getBytes(StandardCharsets.UTF_8));
    }

    /// The key of the send that failed.
    static String key(Bytes payload) {
        return tree(payload).path("key").asString("");
    }

    /// As it was when it failed: what came of it later is not known.
    static Optional<Failed> failed(Bytes payload) {
        var text = payload.utf8();
        int last = text.indexOf(INTERACTION);
        if (last < 0) {
            return Optional.empty();
        }
        // as it was written: a tree keeps numbers less finely
        var body = text.substring(last + INTERACTION.length(), text.length() - 1);
        var interaction = InteractionJson.decode(body.getBytes(StandardCharsets.UTF_8));
        var letter = tree(payload);
        var sends = new ArrayList<JsonNode>(List.of(letter));
        letter.path("later").forEach(sends::add);
        var expiresAt = letter.path("expiresAt").asString("");
        return Optional.of(
                new Failed(
                        interaction,
                        sends.stream()
                                .map(send ->
                                        Failed.Stretch.of(
                                                send.path("firstPart").asInt(),
                                                send.path("parts").asInt(),
                                                interaction))
                                .toList(),
                        List.of(),
                        Set.of(),
                        expiresAt.isEmpty() ? null : Instant.parse(expiresAt)));
    }

    private static JsonNode tree(Bytes payload) {
        return JsonMapper.shared().readTree(payload.toArray());
    }

    private static void append(StringBuilder json, Entry.Tried tried) {
        json.append("{\"attempt\":").append(tried.attempt());
        json.append(",\"at\":").append(quoted(tried.at().toString()));
        json.append(",\"code\":").append(quoted(tried.reason().code()));
        json.append(",\"text\":").append(quoted(tried.reason().text())).append('}');
    }

    private static void append(StringBuilder json, Outbox.Send send) {
        json.append("{\"firstPart\":").append(send.firstPart());
        json.append(",\"parts\":").append(send.parts()).append('}');
    }

    private static String quoted(String text) {
        return Json.string(text).text();
    }
}
