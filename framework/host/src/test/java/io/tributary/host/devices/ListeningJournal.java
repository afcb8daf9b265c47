package io.tributary.host.devices;

import io.tributary.host.journal.Conversations;
import io.tributary.host.journal.Directory;
import io.tributary.host.journal.Journal;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/// A real journal, on which something else may happen first where ends and conversations are looked
/// up.
final class ListeningJournal {

    private final Journal real;
    private volatile Runnable beforeEnd = () -> {};
    private volatile Runnable beforeConversation = () -> {};

    ListeningJournal(Journal real) {
        this.real = real;
    }

    void beforeEnd(Runnable what) {
        beforeEnd = what;
    }

    void beforeConversation(Runnable what) {
        beforeConversation = what;
    }

    Journal journal() {
        return before(Journal.class, real, "", () -> {});
    }

    private <T> T before(Class<T> type, T object, String wanted, Runnable what) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, arguments) -> {
                            if (method.getName().equals(wanted)) {
                                what.run();
                            }
                            try {
                                return heard(method.invoke(object, arguments));
                            } catch (InvocationTargetException thrown) {
                                throw thrown.getCause();
                            }
                        }));
    }

    private Object heard(Object answer) {
        return switch (answer) {
            case Directory directory ->
                    before(Directory.class, directory, "end", () -> beforeEnd.run());
            case Conversations conversations ->
                    before(
                            Conversations.class,
                            conversations,
                            "byId",
                            () -> beforeConversation.run());
            case null, default -> answer;
        };
    }
}
