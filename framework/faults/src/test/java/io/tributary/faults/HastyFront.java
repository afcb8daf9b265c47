package io.tributary.faults;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sabotage: answers 200 as soon as it has read a webhook, and hands it to the member afterwards.
/// What it has not handed over when it is killed is lost, though it was acknowledged.
final class HastyFront implements Front {

    private final List<byte[]> lost = new ArrayList<>();
    private final Map<URI, Life> lives = new HashMap<>();

    @Override
    public URI before(URI member) throws IOException {
        Life known = lives.get(member);
        if (known == null) {
            known = new Life(member);
            lives.put(member, known);
            known.begin();
        }
        return known.url();
    }

    @Override
    public void kill() {
        lives.values().forEach(life -> life.end(lost));
        lives.clear();
    }

    /// How many it acknowledged and never handed over.
    int lost() {
        return lost.size();
    }

    /// Whether all that it acknowledged has reached the member.
    boolean idle() {
        return lives.values().stream()
                .flatMap(life -> life.relays.stream())
                .allMatch(relay -> relay.underWay.get() == 0);
    }

    /// From a start to a kill.
    private static final class Life {

        private final URI member;
        private final List<Relay> relays = new CopyOnWriteArrayList<>();
        private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

        Life(URI member) throws IOException {
            this.member = member;
        }

        void begin() {
            Thread.ofVirtual().start(this::accept);
        }

        URI url() {
            return URI.create("http://127.0.0.1:" + door.getLocalPort());
        }

        private void accept() {
            while (!door.isClosed()) {
                try {
                    var relay = new Relay(door.accept(), member);
                    relays.add(relay);
                    relay.begin();
                } catch (IOException closed) {
                    return;
                }
            }
        }

        void end(List<byte[]> lost) {
            close(door);
            relays.forEach(relay -> relay.end(lost));
        }
    }

    /// One connection of the provider, in order.
    private static final class Relay {

        /// What may wait; then it acknowledges as fast as it hands over.
        private static final int MOST = 10;

        private static final Pattern LENGTH = Pattern.compile("Content-Length: (\\d+)");
        private static final byte[] OK =
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

        private final Socket caller;
        private final URI member;
        private final BlockingQueue<byte[]> waiting = new LinkedBlockingQueue<>(MOST);
        private final AtomicInteger underWay = new AtomicInteger();
        private final Thread taking = Thread.ofPlatform().daemon().unstarted(this::take);
        private final Thread handing = Thread.ofPlatform().daemon().unstarted(this::handOver);
        private volatile boolean dead;

        Relay(Socket caller, URI member) {
            this.caller = caller;
            this.member = member;
        }

        void begin() {
            taking.start();
            handing.start();
        }

        void end(List<byte[]> lost) {
            dead = true;
            close(caller);
            taking.interrupt();
            handing.interrupt();
            waiting.drainTo(lost);
        }

        private void take() {
            try (caller) {
                var in = new BufferedInputStream(caller.getInputStream());
                for (byte[] request = read(in); request.length > 0; request = read(in)) {
                    underWay.incrementAndGet();
                    waiting.put(request);
                    caller.getOutputStream().write(OK);
                }
            } catch (IOException | InterruptedException gone) {
                // so is its connection
            }
        }

        /// One whole request; nothing at the end.
        private static byte[] read(InputStream in) throws IOException {
            var request = new ByteArrayOutputStream();
            while (!request.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    return new byte[0];
                }
                request.write(next);
            }
            Matcher length = LENGTH.matcher(request.toString(StandardCharsets.US_ASCII));
            if (length.find()) {
                request.writeBytes(in.readNBytes(Integer.parseInt(length.group(1))));
            }
            return request.toByteArray();
        }

        private void handOver() {
            while (!dead) {
                try {
                    byte[] request = waiting.take();
                    while (!dead && !handedOver(request)) {
                        Thread.onSpinWait();
                    }
                    underWay.decrementAndGet();
                } catch (InterruptedException killed) {
                    return;
                }
            }
        }

        private boolean handedOver(byte[] request) {
            try (Line line = new Line(member)) {
                line.ask(request);
                return line.answer() == 200;
            } catch (IOException broken) {
                return false;
            }
        }
    }

    private static void close(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception broken) {
            // then it is closed
        }
    }
}
