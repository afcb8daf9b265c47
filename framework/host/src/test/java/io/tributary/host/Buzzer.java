package io.tributary.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/// A device, with the JDK's WebSocket.
final class Buzzer implements WebSocket.Listener {

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder begun = new StringBuilder();
    private WebSocket socket = null;
    private volatile CompletionStage<?> farewell = null;
    private CompletableFuture<WebSocket> sending = CompletableFuture.completedFuture(null);

    private Buzzer() {}

    static Buzzer connect(BuzzerMember member, String account, String query) {
        return connect(member.http(), member.connect(account) + "/desk?" + query);
    }

    static Buzzer connect(HttpClient http, String url, String... protocols) {
        var buzzer = new Buzzer();
        var builder = http.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(20));
        if (protocols.length > 0) {
            builder.subprotocols(
                    protocols[0],
                    List.of(protocols).subList(1, protocols.length).toArray(String[]::new));
        }
        buzzer.socket = builder.buildAsync(URI.create(url), buzzer).join();
        return buzzer;
    }

    /// The status with which a handshake is refused.
    static int refused(BuzzerMember member, String account, String query) {
        try {
            connect(member, account, query);
            throw new AssertionError("it was let in");
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw failed;
        }
    }

    String subprotocol() {
        return socket.getSubprotocol();
    }

    Buzzer say(String text) {
        saying(text).join();
        return this;
    }

    /// Says it after what it is saying already.
    synchronized CompletableFuture<WebSocket> saying(String text) {
        sending = sending.thenCompose(_ -> socket.sendText(text, true));
        return sending;
    }

    void sayInPieces(String first, String second) {
        socket.sendText(first, false).join();
        socket.sendText(second, true).join();
    }

    /// Whether they get through is another matter.
    CompletableFuture<WebSocket> bytes(int length) {
        return socket.sendBinary(ByteBuffer.allocate(length), true);
    }

    List<String> heard() {
        return heard;
    }

    /// How often it was shown that somebody else is typing.
    long noticed() {
        return heard.stream().filter("noticed TYPING"::equals).count();
    }

    Buzzer hears(String text) {
        await().untilAsserted(() -> assertThat(heard).contains(text));
        return this;
    }

    boolean isOpen() {
        return !closed.isDone();
    }

    /// The code with which the other side closes it.
    int closedWith() {
        await().until(closed::isDone);
        return closed.join();
    }

    /// Does not answer when the other side closes the socket: that stays half open for a while.
    Buzzer lingering() {
        farewell = new CompletableFuture<Void>();
        return this;
    }

    /// Says nothing, in pieces.
    void nothingInPieces(int pieces) {
        var said = CompletableFuture.completedFuture(socket);
        for (int i = 0; i < pieces; i++) {
            said = said.thenCompose(_ -> socket.sendText("", false));
        }
    }

    void hangUp() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    /// Without a word.
    void vanish() {
        socket.abort();
        closed.complete(1006);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        begun.append(data);
        if (last) {
            heard.add(begun.toString());
            begun.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return farewell;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.complete(error instanceof IOException ? 1006 : -1);
    }
}
