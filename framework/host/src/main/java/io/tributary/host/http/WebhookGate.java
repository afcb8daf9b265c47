package io.tributary.host.http;

import io.tributary.model.Bytes;
import io.tributary.spi.WebhookReply;
import io.tributary.spi.WebhookRequest;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The way of webhooks on one event loop: before any route is looked at, with as little as possible
/// on it.
///
/// Replies come from the journal, many at once after each commit; they are handed to the event loop
/// together.
final class WebhookGate {

    private static final String CHANNELS = "/channels/";
    private static final String WEBHOOK = "webhook";

    private final Shared shared;
    private final Routes.Webhooks webhooks;
    private final Context context;
    private final Visitors visitors;
    private final RouteTimers timers;
    private final Supplier<String> publicUrl;
    private final InstantSource clock;
    private final int most;
    private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean draining = new AtomicBoolean();
    private int underWay;
    private @Nullable String base;

    /// Providers post to the same address again and again.
    private Address last = new Address("", URI.create(""));

    private record Address(String uri, URI whole) {}

    /// @param publicUrl without a slash at its end
    WebhookGate(
            Shared shared,
            Routes.Webhooks webhooks,
            Context context,
            Visitors visitors,
            RouteTimers timers,
            Supplier<String> publicUrl,
            InstantSource clock) {
        this.shared = shared;
        this.webhooks = webhooks;
        this.context = context;
        this.visitors = visitors;
        this.timers = timers;
        this.publicUrl = publicUrl;
        this.clock = clock;
        this.most = Math.max(1, shared.limits().webhooks() / shared.limits().eventLoops());
    }

    /// @return false: the path is none of a webhook
    boolean handle(HttpServerRequest request, Visitor visitor) {
        String uri = request.uri();
        if (!uri.startsWith(CHANNELS)) {
            return false;
        }
        int account = uri.indexOf('/', CHANNELS.length());
        if (account < 0 || !uri.startsWith(WEBHOOK, account + 1)) {
            return false;
        }
        int behind = account + 1 + WEBHOOK.length();
        if (behind < uri.length() && uri.charAt(behind) != '/' && uri.charAt(behind) != '?') {
            return false;
        }
        begin(new Arrived(request, visitor, uri, account, behind, System.nanoTime()));
        return true;
    }

    private record Arrived(
            HttpServerRequest request,
            Visitor visitor,
            String uri,
            int account,
            int behind,
            long began) {

        String name() {
            return uri.substring(CHANNELS.length(), account);
        }

        /// What follows the door, without the query.
        String path() {
            int from = Math.min(behind + 1, uri.length());
            if (behind < uri.length() && uri.charAt(behind) == '?') {
                return "";
            }
            int query = uri.indexOf('?', behind);
            String raw = uri.substring(from, query < 0 ? uri.length() : query);
            return raw.indexOf('%') < 0 ? raw : UrlText.segment(raw);
        }
    }

    private record Reply(
            Arrived arrived, @Nullable WebhookReply reply, @Nullable Throwable failure) {}

    private void begin(Arrived arrived) {
        HttpServerRequest request = arrived.request();
        Problem objection = objection(arrived);
        if (objection != null) {
            refuse(arrived, objection);
            return;
        }
        if (request.headers().contains("Expect")) {
            request.response().writeContinue();
        }
        BodyReader.read(
                request,
                arrived.visitor(),
                visitors.now(),
                shared.limits().webhookBody(),
                shared.bodies(),
                (body, portion) -> receive(arrived, body, portion),
                problem -> refuse(arrived, problem));
    }

    /// Whoever calls an address that nobody has is not listened to any further.
    private @Nullable Problem objection(Arrived arrived) {
        if (shared.stopping()) {
            return Problems.stopping();
        }
        if (!webhooks.knows(arrived.name())) {
            return Problems.notFound();
        }
        if (underWay >= most) {
            return Problems.busy("too many webhooks are under way");
        }
        return BodyReader.objection(arrived.request(), shared.limits().webhookBody());
    }

    private void receive(Arrived arrived, Bytes body, BodyBudget.Portion portion) {
        WebhookRequest received;
        try {
            received =
                    new WebhookRequest(
                            arrived.request().method().name(),
                            address(arrived.uri()),
                            arrived.path(),
                            new HeaderView(arrived.request().headers()),
                            body,
                            shared.remote(arrived.request(), arrived.visitor()),
                            clock.instant());
        } catch (IllegalArgumentException _) {
            portion.giveBack();
            refuse(arrived, new Problem(ProblemType.MALFORMED, "the request's address is no URI"));
            return;
        } catch (Problem problem) {
            portion.giveBack();
            refuse(arrived, problem);
            return;
        }
        underWay++;
        var _ =
                webhooks.receive(arrived.name(), received)
                        .whenComplete((reply, failure) -> {
                            portion.giveBack();
                            came(new Reply(arrived, reply, failure));
                        });
    }

    private URI address(String uri) {
        Address known = last;
        if (!known.uri().equals(uri)) {
            known = new Address(uri, URI.create(base().concat(uri)));
            last = known;
        }
        return known.whole();
    }

    private String base() {
        String known = base;
        if (known == null) {
            known = publicUrl.get();
            base = known;
        }
        return known;
    }

    /// On any thread.
    private void came(Reply reply) {
        replies.add(reply);
        if (draining.compareAndSet(false, true)) {
            context.runOnContext(_ -> drain());
        }
    }

    private void drain() {
        draining.set(false);
        Queue<Reply> now = new ArrayDeque<>();
        for (Reply reply = replies.poll(); reply != null; reply = replies.poll()) {
            now.add(reply);
        }
        for (Reply reply : now) {
            try {
                answer(reply);
            } catch (RuntimeException unfit) {
                // such as a content type that no header may have: the others are not to suffer
                answerFailure(reply.arrived());
            }
        }
    }

    private void answerFailure(Arrived arrived) {
        HttpServerResponse response = arrived.request().response();
        response.headers().clear();
        refuse(arrived, Failures.problem(new IllegalStateException("the reply is unfit")));
    }

    private void answer(Reply reply) {
        underWay--;
        WebhookReply whole = reply.reply();
        if (whole == null) {
            Throwable failure = reply.failure();
            refuse(
                    reply.arrived(),
                    Failures.problem(failure == null ? new IllegalStateException() : failure));
            return;
        }
        HttpServerResponse response = reply.arrived().request().response();
        if (response.closed()) {
            return;
        }
        finished(reply.arrived(), whole.status());
        response.setStatusCode(whole.status());
        Writer.end(response, whole.type(), whole.body());
    }

    private void refuse(Arrived arrived, Problem problem) {
        HttpServerRequest request = arrived.request();
        if (request.response().closed() || request.response().ended()) {
            return;
        }
        finished(arrived, problem.type().status());
        Writer.spurn(shared.vertx(), request, arrived.visitor(), problem);
        Writer.whole(request.response(), Problems.answer(problem, "", ""));
    }

    private void finished(Arrived arrived, int status) {
        arrived.visitor().answered(visitors.now());
        timers.record(status, arrived.began());
    }

    int underWay() {
        return underWay;
    }
}
