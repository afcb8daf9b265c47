package io.tributary.voice.twilio;

import io.tributary.spi.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where agents can be reached. Orders reach these and nobody else: whoever may write replies must
/// not be able to call the whole world at the company's expense.
final class Agents {

    private final Map<String, String> endpoints = new LinkedHashMap<>();

    Agents(Settings settings) {
        for (var agent : settings.sections("agents")) {
            endpoints.put(agent.text("id"), agent.text("endpoint"));
        }
    }

    /// Where this agent is; null: that is not known.
    @Nullable String endpoint(@Nullable String id) {
        return id == null ? null : endpoints.get(id);
    }

    /// The end that is meant by an agent's id or by an end of one of them; null: neither.
    @Nullable String named(@Nullable String idOrEndpoint) {
        return idOrEndpoint != null && endpoints.containsValue(idOrEndpoint)
                ? idOrEndpoint
                : endpoint(idOrEndpoint);
    }
}
