package io.tributary.samples.firstlight;

import io.tributary.twilio.simulator.Options;
import io.tributary.twilio.simulator.Simulator;
import io.tributary.twilio.simulator.Webhook;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// Tells the first tale: an SMS comes in as a signed webhook, the stream shows it, an agent
/// replies, the phone gets the reply.
///
/// Arguments: the distribution's folder, then `once` to end after the tale instead of staying for a
/// look around.
public final class FirstLight {

    private static final String CUSTOMER = "+15005550100";
    private static final String COMPANY = "+15005550006";
    private static final String ACCOUNT_SID = "AC00000000000000000000000000000001";

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private FirstLight() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0) {
            System.err.println("Usage: FirstLight DISTRIBUTION [once]");
            System.exit(2);
        }
        boolean once = Arrays.asList(arguments).contains("once");
        try {
            new FirstLight().tell(Path.of(arguments[0]).toAbsolutePath().normalize(), once);
        } catch (IOException | IllegalStateException told) {
            System.err.println(told.getMessage());
            System.exit(1);
        }
    }

    private void tell(Path distribution, boolean once) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("tributary-first-light");
        String operator = "trb_" + UUID.randomUUID();
        String authToken = UUID.randomUUID().toString().replace("-", "");
        var options =
                new Options()
                        .port(Ports.one(8090))
                        .account(ACCOUNT_SID, authToken)
                        .numbers(COMPANY);
        try (var provider = Simulator.start(options);
                var member = Member.start(distribution, folder, operator);
                var agent = new AgentApp(member.url(), operator)) {
            Thread cleaner = new Thread(() -> cleanUp(member, folder));
            Runtime.getRuntime().addShutdownHook(cleaner);
            say("");
            say(
                    "A member of Tributary is up after %.1f s:  %s",
                    member.startedIn().toMillis() / 1000.0, member.url());
            say("A stand-in for the SMS provider is up:    %s", provider.url());
            connect(provider, member, agent, authToken);
            play(provider, agent);
            if (!once) {
                show(provider, member, distribution, operator);
                member.await();
            }
        }
    }

    /// What an operator does once: the account at the member, the webhook at the provider.
    private void connect(Simulator provider, Member member, AgentApp agent, String authToken)
            throws IOException, InterruptedException {
        agent.put(
                "/admin/v1/accounts/sms-demo",
                """
                {"channel": "sms-twilio",
                 "config": {"accountSid": "%s", "from": "%s", "publicUrl": "%s", "apiBase": "%s"},
                 "secrets": {"authToken": "%s"}}\
                """
                        .formatted(ACCOUNT_SID, COMPANY, member.url(), provider.url(), authToken));
        provider.webhook(member.url().resolve("/channels/sms-demo/webhook"));
        agent.follow();
        say("");
        say("The account 'sms-demo' is configured; an agent app follows the stream.");
        say("");
    }

    private void play(Simulator provider, AgentApp agent) throws IOException, InterruptedException {
        step("customer", "A customer writes an SMS to %s: “Is my bike ready?”", COMPANY);
        long begin = System.nanoTime();
        Webhook told = provider.text(CUSTOMER, COMPANY, "Is my bike ready?");
        step(
                "provider",
                "The signed webhook is answered %d after %d ms: the message is on disk.",
                told.status(),
                millisSince(begin));

        JsonNode message =
                agent.next(
                        "the message", data -> data.path("direction").asString().equals("inbound"));
        step(
                "stream",
                "#%d  %s  %s → %s  “%s”",
                message.path("position").asLong(),
                message.path("channel").asString(),
                message.path("address").asString(),
                message.path("line").asString(),
                message.path("fallbackText").asString());

        JsonNode reply =
                agent.reply(
                        message.path("conversationId").asString(),
                        "It is, until six today.",
                        message.path("position").asLong());
        step(
                "agent",
                "Replies: “It is, until six today.”  → 202, #%d in the log",
                reply.path("position").asLong());

        for (String status : new String[] {"accepted", "delivered"}) {
            JsonNode receipt =
                    agent.next(
                            "the receipt '" + status + "'",
                            data ->
                                    status.equals(
                                            data.path("parts").path(0).path("status").asString()));
            step("stream", "#%d  receipt: %s", receipt.path("position").asLong(), status);
        }
        step("customer", "The phone shows: “%s”", provider.sent().getLast().body());
    }

    private void show(Simulator provider, Member member, Path distribution, String token) {
        URI desk = member.url().resolve("/desk/#token=" + token);
        say("");
        say("Look around, everything is live:");
        say("  the customer's phone   %s/", provider.url());
        say("  the agents' desk       %s", desk);
        say(
                "  the stream             curl -N -H 'Authorization: Bearer %s' %s/v1/stream",
                token, member.url());
        say("  in this terminal       TRIBUTARY_TOKEN=%s TRIBUTARY_URL=%s \\", token, member.url());
        say(
                "                         %s/bin/tributary tail --follow",
                Path.of("").toAbsolutePath().relativize(distribution));
        say(
                "  a channel joins        the same with: plugin add plugins/webchat/target/webchat-*.jar");
        say("");
        say("Write on the phone, answer at the desk. Ctrl-C ends everything.");
    }

    private static long millisSince(long begin) {
        return (System.nanoTime() - begin) / 1_000_000;
    }

    @SuppressWarnings("AnnotateFormatMethod") // it would take another library to say so
    private void step(String who, String what, Object... details) {
        say("  %-10s %s", who, what.formatted(details));
    }

    @SuppressWarnings("AnnotateFormatMethod") // it would take another library to say so
    private void say(String what, Object... details) {
        out.println(details.length == 0 ? what : what.formatted(details));
    }

    private static void cleanUp(Member member, Path folder) {
        member.close();
        try {
            Files.walkFileTree(folder, new Remove());
        } catch (IOException kept) {
            System.err.println("Left behind: " + folder);
        }
    }

    private static final class Remove extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(
                Path folder, java.io.@org.jspecify.annotations.Nullable IOException broken)
                throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
