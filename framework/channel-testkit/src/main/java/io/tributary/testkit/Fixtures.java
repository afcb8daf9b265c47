package io.tributary.testkit;

import io.tributary.model.Bytes;
import io.tributary.spi.WebhookRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Reads what a [Recorder] kept.
public final class Fixtures {

    private static final String WEBHOOK = ".webhook.http";

    private final Path folder;

    private Fixtures(Path folder) {
        this.folder = folder;
    }

    /// The fixtures in a folder.
    public static Fixtures in(Path folder) {
        return new Fixtures(folder);
    }

    /// All webhooks, in the order of their names, without signatures: sign them anew.
    public List<WebhookRequest> webhooks() {
        try (var files = Files.list(folder)) {
            var webhooks = new ArrayList<WebhookRequest>();
            for (var file : files.sorted().toList()) {
                var name = file.getFileName().toString();
                if (name.endsWith(WEBHOOK)) {
                    webhooks.add(webhook(name.substring(0, name.length() - WEBHOOK.length())));
                }
            }
            return List.copyOf(webhooks);
        } catch (IOException missing) {
            throw new UncheckedIOException("no fixtures in " + folder.getFileName(), missing);
        }
    }

    /// One webhook, without signature: sign it anew.
    public WebhookRequest webhook(String name) {
        var text = read(name + WEBHOOK);
        int blank = text.begin().indexOf(' ');
        var url = URI.create(text.begin().substring(blank + 1));
        var door = FakeHost.webhookUrl("").getPath();
        var behind = url.getPath().substring(Math.min(door.length(), url.getPath().length()));
        var request =
                WebhookRequest.of(
                                text.begin().substring(0, Math.max(0, blank)),
                                url,
                                text.body(),
                                Instant.EPOCH)
                        .path(behind.startsWith("/") ? behind.substring(1) : behind);
        for (var header : text.headers().entrySet()) {
            request = request.header(header.getKey(), header.getValue());
        }
        return request;
    }

    /// One answer of the provider's.
    public Turn.Answer answer(String name) {
        var text = read(name + ".answer.http");
        var answer = Turn.answer(Integer.parseInt(text.begin()));
        for (var header : text.headers().entrySet()) {
            answer = answer.header(header.getKey(), header.getValue());
        }
        var type = answer.headers().get("content-type");
        return type == null ? answer : answer.body(type, text.body());
    }

    private FixtureText read(String name) {
        try {
            return FixtureText.read(Bytes.wrap(Files.readAllBytes(folder.resolve(name))));
        } catch (IOException missing) {
            throw new UncheckedIOException("no fixture " + name, missing);
        } catch (IllegalArgumentException broken) {
            throw new IllegalStateException("fixture " + name + " is broken", broken);
        }
    }
}
