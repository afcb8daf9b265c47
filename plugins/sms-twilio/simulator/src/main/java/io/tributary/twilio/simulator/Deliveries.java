package io.tributary.twilio.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/// Carries messages to customers: chooses the number, fetches the media, walks through the course
/// and calls back. One virtual thread per message.
final class Deliveries implements AutoCloseable {

    private final Options options;
    private final Ledger ledger;
    private final MediaFiles files;
    private final Caller caller;
    private final ExecutorService threads;
    private final HttpClient web =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Map<String, String> lastNumber = new ConcurrentHashMap<>();
    private final Queue<Callback> callbacks = new ConcurrentLinkedQueue<>();

    Deliveries(
            Options options,
            Ledger ledger,
            MediaFiles files,
            Caller caller,
            ExecutorService threads) {
        this.options = options;
        this.ledger = ledger;
        this.files = files;
        this.caller = caller;
        this.threads = threads;
    }

    /// Replies of a customer make this the number that a messaging service writes from ("sticky
    /// sender").
    void remember(String customer, String number) {
        lastNumber.put(customer, number);
    }

    /// Takes a message on its way; its first callback is over when this returns if the course says
    /// so.
    void begin(Message message, Course course) throws InterruptedException {
        var steps = course.steps();
        int from = 0;
        if (course.early() && !steps.isEmpty()) {
            step(message.sid(), steps.getFirst());
            from = 1;
        }
        var rest = steps.subList(from, steps.size());
        threads.execute(() -> carry(message, new Course(rest, false)));
    }

    private void carry(Message message, Course course) {
        try {
            if (message.from() == null) {
                var number = lastNumber.getOrDefault(message.to(), options.numbers().getFirst());
                ledger.change(message.sid(), (taken, now) -> taken.sentBy(number, now));
            }
            if (!fetchMedia(message)) {
                step(message.sid(), new Course.Step(Duration.ZERO, Status.FAILED, 11200));
                return;
            }
            for (var step : course.steps()) {
                Thread.sleep(step.after());
                step(message.sid(), step);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void step(String sid, Course.Step step) throws InterruptedException {
        ledger.advance(sid, step.status(), step.errorCode());
        var message = ledger.find(sid);
        if (message != null && message.statusCallback() != null) {
            var webhook =
                    caller.call(sid, message.statusCallback(), callback(message, step), false);
            if (webhook.taken()) {
                callbacks.add(new Callback(sid, step.status()));
            }
        }
    }

    /// Those that were taken.
    List<Callback> callbacks() {
        return List.copyOf(callbacks);
    }

    private Form callback(Message message, Course.Step step) {
        var form =
                Form.EMPTY
                        .with("MessageSid", message.sid())
                        .with("MessageStatus", step.status().wire())
                        .with("SmsSid", message.sid())
                        .with("SmsStatus", step.status().wire())
                        .with("AccountSid", options.accountSid())
                        .with("ApiVersion", "2010-04-01")
                        .with("To", message.to())
                        .with("From", message.from() == null ? "" : message.from());
        if (message.service() != null) {
            form = form.with("MessagingServiceSid", message.service());
        }
        if (step.errorCode() != null) {
            form = form.with("ErrorCode", step.errorCode().toString());
        }
        return form;
    }

    /// Twilio downloads what it is to send; nothing goes out when that fails.
    private boolean fetchMedia(Message message) throws InterruptedException {
        var fetched = new ArrayList<Message.Attachment>();
        for (var medium : message.media()) {
            var file = fetch(medium.source());
            if (file == null) {
                caller.alert("11200 " + message.sid() + ": a media URL cannot be retrieved");
                return false;
            }
            files.keep(medium.sid(), file);
            fetched.add(new Message.Attachment(medium.sid(), file.type(), medium.source()));
        }
        if (!fetched.isEmpty()) {
            ledger.change(message.sid(), (taken, now) -> taken.having(fetched, now));
        }
        return true;
    }

    private MediaFiles.@Nullable File fetch(@Nullable URI source) throws InterruptedException {
        if (source == null) {
            return null;
        }
        try {
            var request = HttpRequest.newBuilder(source).timeout(Duration.ofSeconds(10)).build();
            var answer = web.send(request, HttpResponse.BodyHandlers.ofByteArray());
            var type =
                    answer.headers().firstValue("Content-Type").orElse("application/octet-stream");
            return answer.statusCode() == 200 ? new MediaFiles.File(type, answer.body()) : null;
        } catch (IOException unreachable) {
            return null;
        }
    }

    @Override
    public void close() {
        web.shutdownNow();
    }
}
