package io.tributary.host.workshop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Builds a project whenever somebody saves, and hands the jar to a member. What does not compile
/// changes nothing there.
public final class Bench implements AutoCloseable {

    /// The account that plugins are tried with.
    public static final String ACCOUNT = "dev";

    private static final Logger LOG = LoggerFactory.getLogger(Bench.class);
    private static final Duration LOOK = Duration.ofMillis(40);

    private final Project project;
    private final Blueprints blueprints;
    private final Compiler compiler;
    private final Board board;
    private @Nullable Thread thread;

    /// Touched by the bench's thread only, from here on.
    private @Nullable Blueprint blueprint;

    private @Nullable String pom;
    private @Nullable String opened;

    /// @param repository the distribution's Maven repository
    /// @param offline whether Maven may ask nobody elsewhere
    /// @param told each state, as it comes
    /// @throws IllegalStateException this Java has no compiler
    public Bench(Project project, Path repository, boolean offline, Consumer<BenchState> told) {
        this.project = project;
        this.blueprints = new Blueprints(project, repository, offline);
        this.compiler = new Compiler(project);
        this.board = new Board(told);
    }

    /// Begins to work for a member.
    public void start(Serving member) {
        thread = Thread.ofPlatform().name("bench").start(() -> work(member));
    }

    Board board() {
        return board;
    }

    private void work(Serving member) {
        try {
            Sources done = new Sources(Map.of());
            do {
                Sources now = Sources.of(project);
                if (!now.equals(done) && round(now, member, !done.seen().isEmpty())) {
                    done = now;
                }
            } while (board.rest(LOOK));
        } catch (InterruptedException leaving) {
            Thread.currentThread().interrupt();
        } catch (IOException gone) {
            board.put(state ->
                    state.faulty(
                            List.of(
                                    Complaint.of(
                                            "The project cannot be read any more ("
                                                    + gone
                                                    + "); start again."))));
        }
    }

    /// @return false: an editor was in the midst of it, and it is to be looked at again
    private boolean round(Sources now, Serving member, boolean saved)
            throws IOException, InterruptedException {
        try {
            Instant begin = Instant.now();
            byte[] jar = jar();
            long built = since(begin).toMillis();
            refused(member.serve(jar));
            open(member);
            long took = saved ? now.saved().map(Bench::since).orElse(Duration.ZERO).toMillis() : 0;
            long swapped = since(begin).toMillis() - built;
            String text = "Serving; built in " + built + " ms, swapped in " + swapped + " ms.";
            board.put(state -> state.serving(text, took));
        } catch (Faulty faulty) {
            board.put(state -> state.faulty(faulty.complaints()));
        } catch (NoSuchFileException | UncheckedIOException moving) {
            return false;
        } catch (RuntimeException | Error failure) {
            // whatever it is, of the compiler's or ours: nobody would look at the next save
            LOG.error("building or serving the project failed", failure);
            board.put(state -> state.faulty(List.of(broken(failure))));
        }
        return true;
    }

    private static Complaint broken(Throwable failure) {
        StackTraceElement[] at = failure.getStackTrace();
        return Complaint.of(
                "Building or serving it failed, which is not the project's fault: "
                        + failure
                        + (at.length == 0 ? "" : " at " + at[0])
                        + ". The next save is tried again.");
    }

    private static Duration since(Instant begin) {
        return Duration.between(begin, Instant.now());
    }

    private byte[] jar() throws Faulty, IOException, InterruptedException {
        Blueprint known = blueprint();
        Map<String, byte[]> classes = compiler.compile(known.classPath());
        return PluginJar.pack(project, known, classes);
    }

    private Blueprint blueprint() throws Faulty, IOException, InterruptedException {
        String now = Files.readString(project.pom());
        Blueprint known = blueprint;
        if (known == null || !now.equals(pom)) {
            known = asked();
            blueprint = known;
            pom = now;
        }
        return known;
    }

    private Blueprint asked() throws Faulty, IOException, InterruptedException {
        if (!blueprints.known()) {
            board.put(state -> state.preparing("Asking Maven what the project is built from."));
            try {
                blueprints.ask();
            } catch (Faulty faulty) {
                List<Path> classPath = blueprints.resolved().orElseThrow(() -> faulty);
                // where it does not compile, that is what is wrong, in better words than Maven's
                var _ = compiler.compile(classPath);
                throw faulty;
            }
        }
        return blueprints.read();
    }

    private void open(Serving member) throws Faulty, IOException, InterruptedException {
        Path file = project.dev().resolve("account.json");
        if (!Files.exists(file)) {
            return;
        }
        String wanted = Files.readString(file);
        if (!wanted.equals(opened)) {
            refused(member.account(ACCOUNT, wanted));
            opened = wanted;
        }
    }

    private static void refused(@Nullable String why) throws Faulty {
        if (why != null) {
            throw Faulty.of(why);
        }
    }

    @Override
    public void close() throws IOException {
        board.close();
        Thread working = thread;
        if (working != null) {
            working.interrupt();
            join(working);
        }
        compiler.close();
    }

    private static void join(Thread working) {
        try {
            working.join();
        } catch (InterruptedException leaving) {
            Thread.currentThread().interrupt();
        }
    }
}
