package io.tributary.host.webhooks;

import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.LogReader;
import io.tributary.host.journal.WebhookRecords;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A real journal, in which webhooks cannot be written or taken for a while, or whose log is
/// another one from some moment on.
final class AlteredJournal {

    volatile boolean unwritable;
    volatile boolean broken;
    volatile int timelines;

    /// How often a webhook was to be taken.
    final AtomicInteger takes = new AtomicInteger();

    /// What was asked of the webhooks and of the log, in order.
    final List<String> asked = new CopyOnWriteArrayList<>();

    private final Journal real;

    AlteredJournal(Journal real) {
        this.real = real;
    }

    Journal journal() {
        WebhookRecords records = altered(WebhookRecords.class, this::records);
        LogReader log = altered(LogReader.class, this::log);
        return altered(
                Journal.class,
                (method, arguments) ->
                        switch (method.getName()) {
                            case "webhooks" -> records;
                            case "log" -> log;
                            default -> called(real, method, arguments);
                        });
    }

    private @Nullable Object records(Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        asked.add(method.getName());
        if (unwritable && method.getName().equals("keep")) {
            throw new JournalUnavailable("the disk is full");
        }
        if (method.getName().equals("take")) {
            takes.incrementAndGet();
            if (broken) {
                throw new IllegalStateException("as no journal should fail");
            }
        }
        return called(real.webhooks(), method, arguments);
    }

    private @Nullable Object log(Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (!method.getName().equals("timeline")) {
            asked.add(method.getName());
        }
        return switch (method.getName()) {
            case "timeline" -> real.log().timeline() + timelines;
            case "lastCommon" -> 0L;
            default -> called(real.log(), method, arguments);
        };
    }

    @FunctionalInterface
    private interface Calls {
        @Nullable Object answer(Method method, @Nullable Object @Nullable [] arguments)
                throws Throwable;
    }

    private static <T> T altered(Class<T> type, Calls calls) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, arguments) -> calls.answer(method, arguments)));
    }

    private static @Nullable Object called(
            Object on, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getTargetException();
        }
    }
}
