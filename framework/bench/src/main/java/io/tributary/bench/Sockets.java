package io.tributary.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/// What a member needs for sockets on which nothing is said: visitors with an open page, kiosks
/// that wait for somebody.
record Sockets(Plan plan, Report report, Launcher launcher, Path folder) implements Scenario {

    private static final String TABLE = "sockets";
    private static final double GOAL = 12;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /// How often the heap is the same one after another, and how long apart.
    private static final int LOOKS = 3;

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(3);

    /// Megabytes that it may change by.
    private static final double STEADY = 0.5;

    /// Of each process, beside one for each socket.
    private static final int FILES_BESIDE = 1_000;

    private static final String KEY = "0123456789abcdef0123456789abcdef";
    private static final String SITE = "https://shop.example";

    private static final AtomicInteger CROWDS = new AtomicInteger();

    /// @param heap kB for each, after a collection
    /// @param resident the same of the whole process
    /// @param opened for each second
    /// @param busy cores of the member while nothing happens
    /// @param left kB for each that are still there when all are closed
    private record Round(double heap, double resident, double opened, double busy, double left) {}

    @Override
    public void run() throws IOException, InterruptedException {
        Machine.needFiles(plan.sockets() + FILES_BESIDE);
        String most = Integer.toString(plan.sockets() + FILES_BESIDE);
        var settings =
                Map.of(
                        "TRIBUTARY_PLUGINS_ALLOW_UNSIGNED", "true",
                        "TRIBUTARY_DEVICES_SOCKETS", most,
                        "TRIBUTARY_DEVICES_SOCKETS_PER_ADDRESS", most);
        try (Member member = Member.start(launcher, folder, settings)) {
            member.install(PluginJars.of(plan.project(), "webchat"));
            member.account(
                    "web",
                    "{\"channel\": \"webchat\", \"config\": {\"origins\": [\"%s\"], \"rates\": {\"connections\": 1000000}}}"
                            .formatted(SITE));
            on("web chat", member, number -> visitor(member, number));
            member.install(PluginJars.of(plan.project(), "kiosk"));
            member.account(
                    "kiosk",
                    "{\"channel\": \"kiosk\", \"config\": {}, \"secrets\": {\"fleetKey\": \"%s\"}}"
                            .formatted(KEY));
            on("kiosk", member, number -> kiosk(member, number));
        }
    }

    private void on(String name, Member member, IntFunction<Crowd.Knock> knocks)
            throws IOException, InterruptedException {
        List<Round> rounds = new ArrayList<>();
        for (int number = 0; number <= plan.rounds(); number++) {
            Round round = round(member, knocks);
            report.say(
                    "%s, %s: %.1f kB of heap each, %.1f resident, %.1f left; %.0f opened/s; %.2f cores while idle",
                    name,
                    number == 0 ? "warm-up" : "round " + number,
                    round.heap(),
                    round.resident(),
                    round.left(),
                    round.opened(),
                    round.busy());
            // the first loads classes and fills what is remembered of each
            if (number > 0) {
                rounds.add(round);
            }
        }
        tell(name, rounds);
    }

    private Round round(Member member, IntFunction<Crowd.Knock> knocks)
            throws IOException, InterruptedException {
        Server server = member.server();
        double heap = settledHeap(server);
        double resident = server.residentMegabytes();
        long begin = System.nanoTime();
        Round round;
        try (Crowd crowd =
                Crowd.open(
                        server.url(),
                        "127.0.0." + (2 + CROWDS.getAndIncrement() % 200),
                        plan.sockets(),
                        knocks)) {
            double opened = plan.sockets() * 1e9 / (System.nanoTime() - begin);
            double cpu = server.cpuSeconds();
            Thread.sleep(plan.fleet().idle());
            double busy = (server.cpuSeconds() - cpu) / (plan.fleet().idle().toNanos() / 1e9);
            double full = Memory.heapMegabytes(server);
            crowd.check();
            round =
                    new Round(
                            each(full - heap),
                            each(server.residentMegabytes() - resident),
                            opened,
                            busy,
                            0);
        }
        awaitGone(member);
        double left = each(settledHeap(server) - heap);
        return new Round(round.heap(), round.resident(), round.opened(), round.busy(), left);
    }

    /// What is over is let go of some seconds later: megabytes that stay the same for a while.
    private static double settledHeap(Server server) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        double before = Memory.heapMegabytes(server);
        for (int same = 0; same < LOOKS && System.nanoTime() < end; ) {
            Thread.sleep(BETWEEN_LOOKS);
            double now = Memory.heapMegabytes(server);
            same = Math.abs(now - before) < STEADY ? same + 1 : 0;
            before = now;
        }
        return before;
    }

    private double each(double megabytes) {
        return megabytes * 1024 / plan.sockets();
    }

    private static void awaitGone(Member member) throws IOException, InterruptedException {
        Waiting.until(
                PATIENCE,
                Duration.ofMillis(100),
                "the member still has sockets",
                () -> member.figure("tributary_devices_sockets") == 0);
    }

    /// A browser that has a chat, on the site that may embed it.
    private static Crowd.Knock visitor(Member member, int number) {
        String secret = "%043d".formatted(number);
        return new Crowd.Knock(
                handshake(
                        member,
                        "/channels/web/connect?lang=en&after=",
                        "Origin: " + SITE,
                        "webchat.v1, visitor." + secret),
                null);
    }

    /// A device of the fleet, which has booted.
    private static Crowd.Knock kiosk(Member member, int number) {
        String device = "kiosk-" + number;
        return new Crowd.Knock(
                handshake(
                        member,
                        "/channels/kiosk/connect/" + device,
                        "Authorization: Bearer " + fleetToken(device),
                        "tributary.kiosk.v1"),
                "[2,\"b-1\",\"Boot\",{\"version\":\"1\"}]");
    }

    private static String handshake(Member member, String path, String who, String protocols) {
        return "GET "
                + path
                + " HTTP/1.1\r\nHost: "
                + member.server().url().getAuthority()
                + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: "
                + protocols
                + "\r\n"
                + who
                + "\r\n\r\n";
    }

    private static String fleetToken(String device) {
        String claims =
                "{\"sub\":\"%s\",\"store\":\"bench\",\"exp\":%d}"
                        .formatted(device, Instant.now().plus(Duration.ofDays(1)).getEpochSecond());
        String signed = encoded("{\"alg\":\"HS256\"}") + "." + encoded(claims);
        byte[] signature =
                Hmac.of("HmacSHA256", KEY).doFinal(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    private static String encoded(String part) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(part.getBytes(StandardCharsets.US_ASCII));
    }

    private void tell(String name, List<Round> rounds) {
        report.add(
                TABLE,
                name + ", heap after a collection",
                Spread.of(rounds, Round::heap).text("%.1f") + " kB a socket",
                String.format(Locale.ROOT, "%,d sockets, goal < %.0f kB", plan.sockets(), GOAL),
                "what is used more than before they came");
        report.add(
                TABLE,
                name + ", resident memory",
                Spread.of(rounds, Round::resident).text("%.1f") + " kB a socket",
                Spread.of(rounds, Round::left).text("%.1f") + " kB of heap left when they are gone",
                "the whole process, with what its heap has grown by");
        report.add(
                TABLE,
                name + ", opened",
                Spread.of(rounds, Round::opened).text("%,.0f") + " /s",
                "64 at the door",
                "let in, and spoken with");
        report.add(
                TABLE,
                name + ", idle",
                Spread.of(rounds, Round::busy).text("%.3f") + " cores",
                "",
                "a ping every 20 s, and its answer");
    }
}
