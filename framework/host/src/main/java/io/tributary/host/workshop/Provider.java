package io.tributary.host.workshop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;

/// Stands in for the service that a channel speaks with: takes whatever it is sent, shows it, and
/// answers as `dev/provider.http` of the project says.
final class Provider {

    private static final int REMEMBERED = 50;

    private final Path script;
    private final ConcurrentLinkedDeque<Taken> taken = new ConcurrentLinkedDeque<>();
    private final AtomicLong numbers = new AtomicLong();

    /// A request that was taken.
    record Taken(
            long number,
            String method,
            String path,
            Map<String, List<String>> headers,
            String body,
            int answered) {}

    /// What is answered.
    record Answered(int status, Map<String, String> headers, String body) {

        /// A first line with the status, headers, an empty line, the body.
        static Answered read(String text) {
            String[] parts = text.replace("\r\n", "\n").split("\n\n", 2);
            String[] lines = parts[0].strip().split("\n", -1);
            int status;
            try {
                status = Integer.parseInt(lines[0].strip());
            } catch (NumberFormatException noStatus) {
                throw new IllegalArgumentException(
                        "dev/provider.http begins with a status, such as 202", noStatus);
            }
            if (status < 200 || status > 599) {
                throw new IllegalArgumentException(
                        "the status in dev/provider.http is 200 to 599, not " + status);
            }
            Map<String, String> headers = new LinkedHashMap<>();
            for (int i = 1; i < lines.length; i++) {
                int colon = lines[i].indexOf(':');
                if (colon > 0) {
                    headers.put(
                            lines[i].substring(0, colon).strip(),
                            lines[i].substring(colon + 1).strip());
                }
            }
            return new Answered(status, headers, parts.length < 2 ? "" : parts[1].strip());
        }
    }

    Provider(Project project) {
        this.script = project.dev().resolve("provider.http");
    }

    Answered take(String method, String path, Map<String, List<String>> headers, String body)
            throws IOException {
        Answered answer = answer();
        taken.addLast(
                new Taken(numbers.incrementAndGet(), method, path, headers, body, answer.status()));
        while (taken.size() > REMEMBERED) {
            taken.pollFirst();
        }
        return answer;
    }

    private Answered answer() throws IOException {
        String text;
        try {
            text = Files.readString(script);
        } catch (NoSuchFileException none) {
            text = "202\n\n{{id}}\n";
        }
        return Answered.read(new Template(text).filled(Map.of("id", UUID.randomUUID().toString())));
    }

    /// What was taken last, oldest first.
    List<Taken> taken() {
        return List.copyOf(taken);
    }
}
