package io.tributary.host.workshop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("the bench")
final class BenchTest {

    @TempDir Path folder = Path.of("");

    private final Queue<BenchState> told = new ConcurrentLinkedQueue<>();

    static List<Throwable> failures() {
        return List.of(
                new IllegalStateException("of its own"), new StackOverflowError("of its own"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    @DisplayName("says what broke it, and goes on with the next save")
    void goesOn(Throwable failure) throws Exception {
        var project = FakeMaven.packed(Files.createDirectory(folder.resolve("paging")));
        var member = new Breaking(failure);
        try (var bench = new Bench(project, folder.resolve("repository"), true, told::add)) {
            bench.start(member);
            await().until(() -> phases().contains(BenchState.Phase.FAULTY));
            assertThat(told.stream().flatMap(each -> each.complaints().stream()).toList())
                    .singleElement()
                    .satisfies(complaint ->
                            assertThat(complaint.text()).contains(failure.toString(), "next save"));

            Files.writeString(
                    project.sources().resolve("Nothing.java"), "final class Nothing { int i; }\n");

            await().until(() -> phases().contains(BenchState.Phase.SERVING));
        }
        assertThat(member.served).hasValue(2);
    }

    private List<BenchState.Phase> phases() {
        return told.stream().map(BenchState::phase).toList();
    }

    /// A member whose first answer is a failure that nobody foresaw.
    private static final class Breaking implements Serving {

        private final AtomicInteger served = new AtomicInteger();
        private final Throwable failure;

        Breaking(Throwable failure) {
            this.failure = failure;
        }

        @Override
        public @Nullable String serve(byte[] jar) {
            if (served.incrementAndGet() == 1) {
                switch (failure) {
                    case RuntimeException unchecked -> throw unchecked;
                    case Error error -> throw error;
                    default -> throw new AssertionError(failure);
                }
            }
            return null;
        }

        @Override
        public @Nullable String account(String account, String body) {
            return null;
        }
    }
}
