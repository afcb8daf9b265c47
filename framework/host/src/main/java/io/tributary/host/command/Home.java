package io.tributary.host.command;

import java.nio.file.Path;

/// Where the distribution is that this process was started from.
final class Home {

    private Home() {}

    static Path folder() {
        String home = System.getProperty("tributary.home");
        if (home == null) {
            throw new CommandFailed(
                    Exit.UNAVAILABLE,
                    "This needs what lies beside the program: start it by the distribution's"
                            + " bin/tributary.");
        }
        return Path.of(home);
    }
}
