package io.tributary.faults;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The members of one cluster, or a single one, each in a process of its own: started, killed,
/// stopped and held still. Whoever goes to them is told where those are that run.
final class Members implements AutoCloseable {

    private final List<Launch> launches;
    private final Front front;
    private final Whereabouts door = new Whereabouts();
    private final Whereabouts places = new Whereabouts();
    private final Map<Integer, Member> running = new ConcurrentSkipListMap<>();
    private final Map<Long, Integer> processes = new ConcurrentHashMap<>();

    /// @param front stands between the provider and them
    Members(List<Launch> launches, Front front) {
        this.launches = launches;
        this.front = front;
    }

    /// Where the provider delivers.
    Whereabouts door() {
        return door;
    }

    /// Where agents read and answer.
    Whereabouts places() {
        return places;
    }

    /// The only one, or any that runs.
    Member any() {
        return running.values().iterator().next();
    }

    /// One of several, from 0 on.
    Member number(int number) {
        Member member = running.get(number);
        if (member == null) {
            throw new IllegalStateException("member " + number + " does not run");
        }
        return member;
    }

    List<Member> all() {
        return List.copyOf(running.values());
    }

    /// Whose process this is or was; -1: no member's.
    int ofProcess(long pid) {
        return processes.getOrDefault(pid, -1);
    }

    /// A single one on new data, which is given its account.
    void first() throws IOException, InterruptedException {
        runs(0, Member.first(launches.getFirst()));
        reachable();
    }

    /// Others may be killed meanwhile.
    void start(int number) throws IOException {
        runs(number, Member.start(launches.get(number)));
        reachable();
    }

    /// All that do not run, at the same time.
    void startAll() throws IOException, InterruptedException {
        try (var starting = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<Integer, Future<Member>> started = new TreeMap<>();
            for (int number = 0; number < launches.size(); number++) {
                Launch launch = launches.get(number);
                if (!running.containsKey(number)) {
                    started.put(number, starting.submit(() -> Member.start(launch)));
                }
            }
            List<String> failures = new ArrayList<>();
            for (var each : started.entrySet()) {
                try {
                    runs(each.getKey(), each.getValue().get());
                } catch (ExecutionException failed) {
                    failures.add(String.valueOf(failed.getCause()));
                }
            }
            if (!failures.isEmpty()) {
                throw new IOException(String.join("\n", failures));
            }
        }
        reachable();
    }

    private void runs(int number, Member member) {
        running.put(number, member);
        processes.put(member.pid(), number);
    }

    /// SIGKILL for one of them.
    void kill(int number) throws IOException, InterruptedException {
        Member killed = number(number);
        running.remove(number);
        killed.kill();
        reachable();
    }

    /// SIGKILL for all, and whatever stands before them, in the midst of what they do.
    void killAll() throws InterruptedException {
        front.kill();
        List<Member> all = all();
        for (Member each : all) {
            each.dies();
        }
        for (Member each : all) {
            each.kill();
        }
        gone();
    }

    /// Stops one as an operator does.
    void stop(int number) throws IOException {
        Member stopped = number(number);
        running.remove(number);
        // those who reach it meanwhile are told, and go elsewhere
        stopped.close();
        reachable();
    }

    /// Stops all as an operator does.
    void stopAll() {
        List<Member> all = all();
        gone();
        all.forEach(Member::close);
    }

    private void gone() {
        running.clear();
        door.nowhere();
        places.nowhere();
    }

    /// Which of them run.
    List<Integer> numbers() {
        return List.copyOf(running.keySet());
    }

    private synchronized void reachable() throws IOException {
        List<URI> doors = new ArrayList<>();
        for (Member each : running.values()) {
            doors.add(front.before(each.url()));
        }
        places.at(running.values().stream().map(Member::url).toArray(URI[]::new));
        door.at(doors.toArray(URI[]::new));
    }

    /// Whoever waits for a place gives up, and all members end.
    @Override
    public void close() {
        places.over();
        front.kill();
        for (Member each : running.values()) {
            each.wake();
            each.close();
        }
    }
}
