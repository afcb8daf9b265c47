package io.tributary.host.outbound;

import io.tributary.host.journal.Outbox;
import io.tributary.model.Bytes;
import io.tributary.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// What an operator gets to see of a send that failed: the send, what was tried, and the
/// interaction whole. JSON:
/// `{"key":…,"state":…,"firstPart":…,"parts":…,"attempts":…,"tried":[{"attempt":…,"at":…,"code":…,"text":…}],"interaction":{…}}`.
final class OutboundDeadLetter {

    private OutboundDeadLetter() {}

    static Bytes payload(Carriage carriage, Outbox.Send send, List<Entry.Tried> tried) {
        var json = new StringBuilder(256);
        json.append("{\"key\":").append(quoted(send.key()));
        json.append(",\"state\":").append(quoted(send.state().name()));
        json.append(",\"firstPart\":").append(send.firstPart());
        json.append(",\"parts\":").append(send.parts());
        json.append(",\"attempts\":").append(send.attempt());
        json.append(",\"tried\":[");
        for (int i = 0; i < tried.size(); i++) {
            append(json.append(i == 0 ? "" : ","), tried.get(i));
        }
        json.append("],\"interaction\":");
        json.append(Bodies.of(carriage.interaction()).utf8());
        return Bytes.wrap(json.append('}').toString().getBytes(StandardCharsets.UTF_8));
    }

    /// The key of the send that failed.
    static String key(Bytes payload) {
        return JsonMapper.shared().readTree(payload.toArray()).path("key").asString("");
    }

    private static void append(StringBuilder json, Entry.Tried tried) {
        json.append("{\"attempt\":").append(tried.attempt());
        json.append(",\"at\":").append(quoted(tried.at().toString()));
        json.append(",\"code\":").append(quoted(tried.reason().code()));
        json.append(",\"text\":").append(quoted(tried.reason().text())).append('}');
    }

    private static String quoted(String text) {
        return Json.string(text).text();
    }
}
