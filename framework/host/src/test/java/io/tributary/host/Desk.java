package io.tributary.host;

import java.net.URI;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An agent's app on the stream, with the JDK's WebSocket.
final class Desk implements WebSocket.Listener, AutoCloseable {

    private static final String SIGNAL = "io.tributary.signal.";
    private static final String INTERACTION = "io.tributary.interaction.";

    private final List<JsonNode> heard = new CopyOnWriteArrayList<>();
    private final StringBuilder begun = new StringBuilder();
    private WebSocket socket = null;

    private Desk() {}

    static Desk at(BuzzerMember member, String token, String query) {
        var desk = new Desk();
        String url = "ws" + member.url().toString().substring("http".length());
        desk.socket =
                member.http()
                        .newWebSocketBuilder()
                        .header("Authorization", "Bearer " + token)
                        .buildAsync(URI.create(url + "/v1/stream" + query), desk)
                        .join();
        return desk;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        begun.append(data);
        if (last) {
            heard.add(JsonMapper.shared().readTree(begun.toString()));
            begun.setLength(0);
        }
        from.request(1);
        return null;
    }

    /// Which signals came, and whose: `typing ada`.
    List<String> signals() {
        return heard.stream()
                .filter(each -> each.path("type").asString("").startsWith(SIGNAL))
                .map(each ->
                        each.at("/data/kind").asString("")
                                + " "
                                + each.at("/data/address").asString(""))
                .toList();
    }

    long interactions() {
        return heard.stream()
                .filter(each -> each.path("type").asString("").startsWith(INTERACTION))
                .count();
    }

    @Override
    public void close() {
        socket.abort();
    }
}
