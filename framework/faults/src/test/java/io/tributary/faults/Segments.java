package io.tributary.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// Networks that the test made: each member lives in a namespace of its own, with one line to the
/// outside, where the database, the provider and the agents are, and one to the other members.
///
/// Nothing of it reaches any other network.
final class Segments implements AutoCloseable {

    private final String name;
    private final int net;
    private final int members;
    private final List<String> made = new ArrayList<>();

    /// Where the test is ended from outside.
    private final Thread otherwise = new Thread(this::tearDown);

    private Segments(int members) {
        var random = new Random();
        this.members = members;
        this.net = 1 + random.nextInt(250);
        this.name = "tf%04x".formatted(random.nextInt(0x10000));
    }

    /// Skips the test where networks cannot be made.
    static Segments lay(int members) throws IOException, InterruptedException {
        var segments = new Segments(members);
        boolean able = tries("ip", "link", "add", segments.bridge(true), "type", "bridge");
        assumeTrue(
                able,
                "skipped: members can only be parted where networks may be made (as root, with `ip` of iproute2)");
        Runtime.getRuntime().addShutdownHook(segments.otherwise);
        segments.made.add("link del " + segments.bridge(true));
        try {
            segments.layAll();
            return segments;
        } catch (IOException | InterruptedException failed) {
            segments.close();
            throw failed;
        }
    }

    private void layAll() throws IOException, InterruptedException {
        ip("link add " + bridge(false) + " type bridge");
        made.add("link del " + bridge(false));
        ip("addr add " + gate() + "/24 dev " + bridge(true));
        ip("link set " + bridge(true) + " up");
        ip("link set " + bridge(false) + " up");
        for (int number = 0; number < members; number++) {
            ip("netns add " + namespace(number));
            made.add("netns del " + namespace(number));
            ip("-n " + namespace(number) + " link set lo up");
            plugIn(number, true, outside(number));
            plugIn(number, false, inside(number));
        }
    }

    private void plugIn(int number, boolean outside, String address)
            throws IOException, InterruptedException {
        String end = outside ? "outside" : "inside";
        String port = port(number, outside);
        String there = namespace(number);
        ip("link add " + port + " type veth peer name " + end + " netns " + there);
        ip("link set " + port + " master " + bridge(outside));
        ip("link set " + port + " up");
        ip("-n " + there + " addr add " + address + "/24 dev " + end);
        ip("-n " + there + " link set " + end + " up");
    }

    private String bridge(boolean outside) {
        return name + (outside ? "o" : "i");
    }

    private String port(int number, boolean outside) {
        return bridge(outside) + number;
    }

    private String namespace(int number) {
        return name + "-" + number;
    }

    /// Where a member finds what is outside.
    String gate() {
        return "10.231.%d.1".formatted(net);
    }

    /// Where a member is found from outside.
    String outside(int number) {
        return "10.231.%d.%d".formatted(net, number + 2);
    }

    /// Where the other members find it.
    String inside(int number) {
        return "10.232.%d.%d".formatted(net, number + 2);
    }

    InetAddress gateAddress() throws IOException {
        return InetAddress.getByName(gate());
    }

    /// Which member comes from there; -1: none.
    int member(InetSocketAddress from) {
        for (int number = 0; number < members; number++) {
            if (from.getAddress().getHostAddress().equals(outside(number))) {
                return number;
            }
        }
        return -1;
    }

    /// What has a command run where the member lives.
    List<String> within(int number) {
        return List.of("ip", "netns", "exec", namespace(number));
    }

    /// The others reach it no more, nor it them; all reach the outside.
    void unplug(int number) throws IOException, InterruptedException {
        ip("link set " + port(number, false) + " down");
    }

    void plug(int number) throws IOException, InterruptedException {
        ip("link set " + port(number, false) + " up");
    }

    /// What one sends to the other gets lost; what that one sends arrives.
    void mute(int from, int to) throws IOException, InterruptedException {
        ip("-n " + namespace(from) + " route add blackhole " + inside(to) + "/32");
    }

    void unmute(int from, int to) throws IOException, InterruptedException {
        ip("-n " + namespace(from) + " route del blackhole " + inside(to) + "/32");
    }

    /// Whether one can open a connection to another one's port.
    boolean reaches(int from, int to, int port) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(within(from));
        command.addAll(
                List.of("timeout", "2", "bash", "-c", ": </dev/tcp/" + inside(to) + "/" + port));
        return tries(command.toArray(String[]::new));
    }

    private static void ip(String words) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(("ip " + words).split(" ", -1))
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("ip " + words + ": " + said);
        }
    }

    private static boolean tries(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    private void tearDown() {
        for (String each : made.reversed()) {
            try {
                ip(each);
            } catch (IOException | InterruptedException gone) {
                // it is not there then
            }
        }
    }

    @Override
    public void close() {
        tearDown();
        Runtime.getRuntime().removeShutdownHook(otherwise);
    }
}
