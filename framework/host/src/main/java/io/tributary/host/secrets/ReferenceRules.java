package io.tributary.host.secrets;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Which references to secrets count, by where they were said.
///
/// Whoever writes the configuration file may read the member's files and environment anyway. Who
/// configures accounts through the API need not: a reference to any file, together with an address
/// to send it to, would read the whole host. So references of the API reach only what is set aside
/// for them, which is nothing unless the configuration names it.
///
/// @param anything whether everything may be referred to; the rest is of no meaning then
/// @param folder files in and below it may be referred to; null: none
/// @param prefix environment variables whose names begin so may be referred to; null: none
public record ReferenceRules(boolean anything, @Nullable Path folder, @Nullable String prefix) {

    /// For the configuration file.
    public static final ReferenceRules ANYTHING = new ReferenceRules(true, null, null);

    /// For the API, where nothing is set aside.
    public static final ReferenceRules NOTHING = new ReferenceRules(false, null, null);

    /// For the API.
    ///
    /// @param folder null: no files
    /// @param prefix null: no environment variables
    public static ReferenceRules only(@Nullable Path folder, @Nullable String prefix) {
        return new ReferenceRules(false, folder, prefix);
    }

    /// Refuses what may not be referred to. To be asked each time before a reference is resolved:
    /// links may have been changed meanwhile.
    ///
    /// @throws SecretsUnusable it is out of reach; says what to do
    public void check(Reference reference) throws SecretsUnusable {
        if (anything) {
            return;
        }
        switch (reference) {
            case Reference.File(Path path) -> file(path);
            case Reference.Environment(String name) -> environment(name);
        }
    }

    /// Links are followed first, so that none leads out of the folder. Whether a file outside
    /// exists is not told.
    private void file(Path path) throws SecretsUnusable {
        if (folder == null) {
            throw new SecretsUnusable(
                    "refers to a file, and secrets.folder does not name a folder for such files:"
                            + " give the secret itself, or configure the folder");
        }
        boolean inside;
        try {
            inside = path.toRealPath().startsWith(folder.toRealPath());
        } catch (IOException unreadable) {
            inside = false;
        }
        if (!inside) {
            throw new SecretsUnusable(
                    "refers to a file that is not in the folder of secrets.folder, " + folder);
        }
    }

    private void environment(String name) throws SecretsUnusable {
        if (prefix == null) {
            throw new SecretsUnusable(
                    "refers to the environment, and secrets.environment does not say which"
                            + " variables: give the secret itself, or configure their prefix");
        }
        if (!name.startsWith(prefix)) {
            throw new SecretsUnusable(
                    "refers to an environment variable whose name does not begin with " + prefix);
        }
    }
}
