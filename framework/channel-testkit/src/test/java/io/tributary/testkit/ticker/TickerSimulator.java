package io.tributary.testkit.ticker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tributary.model.Bytes;
import io.tributary.testkit.Simulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// The ticker service: numbers its lines, and answers who asks for what came after a number. A line
/// is acknowledged when each of two shares has asked for later ones.
public final class TickerSimulator implements Simulator {

    private static final long LONGEST_WAIT = 200;
    private static final int SHARES = 2;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> lines = new ArrayList<>();
    private final List<Integer> customers = new ArrayList<>();
    private final Map<String, Integer> passed = new HashMap<>();
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final Set<String> cut = new HashSet<>();

    public TickerSimulator() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/lines", this::serve);
        server.start();
    }

    @Override
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public synchronized void say(int customer, String text) {
        lines.add(text);
        customers.add(customer);
        notifyAll();
    }

    @Override
    public synchronized List<String> acknowledged() {
        int least =
                passed.size() < SHARES
                        ? 0
                        : passed.values().stream().mapToInt(Integer::intValue).min().orElse(0);
        return List.copyOf(lines.subList(0, least));
    }

    @Override
    public List<String> taken() {
        return List.copyOf(taken);
    }

    @Override
    public synchronized void cut() {
        cut.addAll(passed.keySet());
        notifyAll();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!"Bearer open".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.sendResponseHeaders(401, -1);
            } else if (exchange.getRequestMethod().equals("POST")) {
                taken.add(Bytes.wrap(exchange.getRequestBody().readAllBytes()).utf8());
                exchange.getResponseHeaders().set("X-Id", "theirs-" + taken.size());
                exchange.sendResponseHeaders(202, -1);
            } else {
                answer(exchange);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange) throws IOException, InterruptedException {
        String[] asked = exchange.getRequestURI().getQuery().split("[=&]", -1);
        var found = after(asked[3], Integer.parseInt(asked[1]));
        if (found == null) {
            // the answer breaks off: a client would repeat by itself what was not answered at all
            exchange.sendResponseHeaders(200, 10);
            exchange.getResponseBody().write('1');
            exchange.getResponseBody().flush();
            return;
        }
        byte[] body = Bytes.utf8(String.join("\n", found)).toArray();
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private synchronized @Nullable List<String> after(String share, int after)
            throws InterruptedException {
        int from = passed.merge(share, after, Math::max);
        long end = System.nanoTime() + LONGEST_WAIT * 1_000_000;
        while (lines.size() <= from && !cut.contains(share) && System.nanoTime() < end) {
            wait(LONGEST_WAIT);
        }
        if (cut.remove(share)) {
            return null;
        }
        var found = new ArrayList<String>();
        for (int id = from + 1; id <= lines.size(); id++) {
            found.add(id + "\tcustomer-" + customers.get(id - 1) + "\t" + lines.get(id - 1));
        }
        return found;
    }
}
