package io.tributary.host.http;

import io.tributary.spi.DeviceHandshake;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The way of devices' sockets on one event loop: from the handshake to the last frame.
final class DeviceGate implements Gate {

    static final String TEMPLATE = "/channels/{account}/connect";

    private static final String DOOR = "connect";
    private static final String PROTOCOL = "Sec-WebSocket-Protocol";

    private final Shared shared;
    private final Devices devices;
    private final Context context;
    private final Visitors visitors;
    private final RouteTimers timers;
    private final Set<DeviceSocket> open = new LinkedHashSet<>();
    private int knocking;

    DeviceGate(
            Shared shared,
            Devices devices,
            Context context,
            Visitors visitors,
            RouteTimers timers) {
        this.shared = shared;
        this.devices = devices;
        this.context = context;
        this.visitors = visitors;
        this.timers = timers;
        context.owner().setPeriodic(devices.limits().ping().toMillis(), _ -> ping());
    }

    @Override
    public boolean handle(HttpServerRequest request, Visitor visitor) {
        ChannelPath path;
        var knock = new Knock(request, visitor, System.nanoTime());
        try {
            path = ChannelPath.of(request.uri(), DOOR);
            if (path == null) {
                return false;
            }
            knock(knock, path);
        } catch (Problem problem) {
            refuse(knock, problem);
        }
        return true;
    }

    /// A device before the door.
    private static final class Knock {
        private final HttpServerRequest request;
        private final Visitor visitor;
        private final long began;
        private boolean answered;

        Knock(HttpServerRequest request, Visitor visitor, long began) {
            this.request = request;
            this.visitor = visitor;
            this.began = began;
        }
    }

    private void knock(Knock knock, ChannelPath path) {
        HttpServerRequest request = knock.request;
        knock.visitor.answering();
        Problem objection = objection(request);
        if (objection != null) {
            throw objection;
        }
        var handshake = handshake(knock, path);
        request.pause();
        knocking++;
        long late =
                context.owner()
                        .setTimer(
                                shared.limits().headerTime().toMillis(),
                                _ -> decided(knock, null, Problems.busy("nobody opens the door")));
        var _ =
                devices.knock(path.account(), handshake)
                        .whenComplete((admission, failure) ->
                                context.runOnContext(_ -> {
                                    context.owner().cancelTimer(late);
                                    decided(
                                            knock,
                                            admission,
                                            failure == null ? null : Failures.problem(failure));
                                }));
    }

    private @Nullable Problem objection(HttpServerRequest request) {
        if (shared.stopping()) {
            return Problems.stopping();
        }
        if (knocking >= Math.max(1, shared.limits().webhooks() / shared.limits().eventLoops())) {
            return Problems.busy("too many devices knock");
        }
        Problem unclear = BodyReader.unclear(request);
        if (unclear != null) {
            return unclear;
        }
        boolean socket =
                request.headers().contains("Upgrade", "websocket", true)
                        && request.headers().contains("Sec-WebSocket-Key")
                        && "13".equals(request.getHeader("Sec-WebSocket-Version"));
        return socket
                ? null
                : new Problem(ProblemType.UPGRADE_REQUIRED, "devices come by WebSocket version 13")
                        .header("Sec-WebSocket-Version", "13")
                        .header("Upgrade", "websocket")
                        .header("Connection", "Upgrade");
    }

    private DeviceHandshake handshake(Knock knock, ChannelPath path) {
        HttpServerRequest request = knock.request;
        Map<String, String> query = new LinkedHashMap<>();
        String asked = request.query();
        UrlText.query(asked == null ? "" : asked)
                .forEach((name, values) -> query.put(name, values.getFirst()));
        Map<String, List<String>> headers = new LinkedHashMap<>();
        new HeaderView(request.headers())
                // names are the same of all devices, and are kept once
                .forEach((name, all) -> headers.put(name.intern(), List.copyOf(all)));
        return new DeviceHandshake(
                path.path(),
                query,
                headers,
                offered(request),
                shared.remote(request, knock.visitor),
                null);
    }

    private static List<String> offered(HttpServerRequest request) {
        List<String> offered = new ArrayList<>();
        for (String line : request.headers().getAll(PROTOCOL)) {
            Arrays.stream(line.split(",")).map(String::strip).forEach(offered::add);
        }
        offered.removeIf(String::isEmpty);
        return offered;
    }

    /// On the event loop; the first decision counts, later ones only end what they began.
    private void decided(
            Knock knock, Devices.@Nullable Admission admission, @Nullable Problem problem) {
        boolean first = !knock.answered;
        if (first) {
            knock.answered = true;
            knocking--;
        }
        switch (admission) {
            case Devices.Admission.Admitted admitted -> {
                if (first && !shared.stopping()) {
                    shake(knock, admitted);
                } else {
                    admitted.guest().left();
                    if (first) {
                        refuse(knock, Problems.stopping());
                    }
                }
            }
            case Devices.Admission.Refused refused -> {
                if (first) {
                    refuse(knock, refused.status());
                }
            }
            case null -> {
                if (first) {
                    refuse(knock, problem == null ? Problems.busy("no answer") : problem);
                }
            }
        }
    }

    private void shake(Knock knock, Devices.Admission.Admitted admitted) {
        HttpServerRequest request = knock.request;
        String chosen = admitted.subprotocol();
        // what is left of the offer is what the handshake takes
        if (chosen == null) {
            request.headers().remove(PROTOCOL);
        } else {
            request.headers().set(PROTOCOL, chosen);
        }
        request.toWebSocket()
                .onComplete(
                        socket -> enter(knock, socket, admitted.guest()),
                        _ -> admitted.guest().left());
    }

    private void enter(Knock knock, ServerWebSocket socket, Devices.Guest guest) {
        timers.record(101, knock.began);
        visitors.shaken(knock.visitor, socket);
        // the server keeps the request as long as the socket, and nobody reads it any more
        knock.request.headers().clear();
        var entered =
                new DeviceSocket(socket, context, guest, devices.limits().frame(), open::remove);
        open.add(entered);
        entered.begin();
    }

    private void ping() {
        for (DeviceSocket each : List.copyOf(open)) {
            each.ping();
        }
    }

    private void refuse(Knock knock, int status) {
        HttpServerRequest request = knock.request;
        if (request.response().closed() || request.response().ended()) {
            return;
        }
        knock.visitor.answered(visitors.now());
        timers.record(status, knock.began);
        request.resume();
        request.response().setStatusCode(status);
        if (status == 503) {
            request.response().putHeader("Retry-After", "2");
        }
        request.response().end();
    }

    private void refuse(Knock knock, Problem problem) {
        HttpServerRequest request = knock.request;
        if (request.response().closed() || request.response().ended()) {
            return;
        }
        knock.visitor.answered(visitors.now());
        timers.record(problem.type().status(), knock.began);
        Writer.spurn(shared.vertx(), request, knock.visitor, problem);
        Writer.whole(request.response(), Problems.answer(problem, "", ""));
    }
}
