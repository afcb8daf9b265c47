package io.tributary.bench;

import java.util.Locale;

/// What a plugin may do to others while it translates.
///
/// In the order in which it is measured: what goes on taking a processor after the plugin has been
/// shut out comes last.
enum Bruteness {
    THROWS("throws in every call", "if (true) throw new IllegalStateException(\"never\");"),
    RECURSES("calls itself for ever", "translate(arrival);"),
    EXITS("ends the process", "System.exit(3);"),
    RETURNS(
            "returns a gigabyte",
            """
            var parts = new ArrayList<Inbound>();
            for (int i = 0; i < 16; i++) {
                parts.add(Inbound.of("100", Party.of("1"), new Content.Text("x".repeat(64 << 20), List.of())));
            }
            if (true) return parts;
            """),
    FLOODS("floods the log", "for (int i = 0; i < 2_000; i++) System.out.println(\"line \" + i);"),
    LEAKS(
            "leaks threads",
            """
            for (int i = 0; i < 40; i++) {
                Thread thread = new Thread(() -> {
                    try { Thread.sleep(1_000_000); } catch (InterruptedException over) { }
                });
                thread.setDaemon(true);
                thread.start();
            }
            """),
    SLEEPS(
            "sleeps and does not hear",
            """
            while (arrival != null) {
                try { Thread.sleep(20); } catch (InterruptedException deaf) { }
            }
            """),
    DEADLOCKS(
            "deadlocks",
            """
            Object one = count.incrementAndGet() % 2 == 0 ? "one-lock" : "other-lock";
            Object two = one.equals("one-lock") ? "other-lock" : "one-lock";
            synchronized (one) {
                while (count.get() < 2) Thread.onSpinWait();
                Thread.sleep(200);
                synchronized (two) { count.get(); }
            }
            """),
    SPINS("spins", "while (arrival != null) Thread.onSpinWait();");

    private final String text;
    private final String code;

    Bruteness(String text, String code) {
        this.text = text;
        this.code = code;
    }

    String text() {
        return text;
    }

    /// In Java, to stand in `translate(Arrival arrival)`; `count` is the account's.
    String code() {
        return code;
    }

    /// Of the plugin, and of its channel.
    String id() {
        return "brute-" + name().toLowerCase(Locale.ROOT);
    }
}
