package io.tributary.host.secrets;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Where a secret is, instead of the secret itself; read each time the account is opened.
public sealed interface Reference {

    /// Reads it.
    ///
    /// @param environment the process's environment
    /// @throws SecretsUnusable it is not there or cannot be a secret
    String resolve(Map<String, String> environment) throws SecretsUnusable;

    /// The content of a file, such as one that an orchestrator mounts; line ends after it do not
    /// belong to it.
    record File(Path path) implements Reference {

        private static final long LARGEST = 64 * 1024;

        @Override
        public String resolve(Map<String, String> environment) throws SecretsUnusable {
            try {
                if (Files.size(path) > LARGEST) {
                    throw new SecretsUnusable(path + " is too large for a secret (64 kB)");
                }
                return filled(withoutLineEnds(Files.readString(path)), path.toString());
            } catch (SecretsUnusable refused) {
                throw refused;
            } catch (CharacterCodingException binary) {
                throw new SecretsUnusable(path + " is not text in " + StandardCharsets.UTF_8);
            } catch (IOException failure) {
                throw new SecretsUnusable(
                        "cannot read " + path + " (" + failure.getClass().getSimpleName() + ")",
                        failure);
            }
        }

        private static String withoutLineEnds(String text) {
            int end = text.length();
            while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
                end--;
            }
            return text.substring(0, end);
        }
    }

    /// The value of an environment variable.
    record Environment(String name) implements Reference {

        @Override
        public String resolve(Map<String, String> environment) throws SecretsUnusable {
            var value = environment.get(name);
            if (value == null) {
                throw new SecretsUnusable("the environment variable " + name + " is not set");
            }
            return filled(value, "the environment variable " + name);
        }
    }

    private static String filled(String value, String where) throws SecretsUnusable {
        if (value.isEmpty()) {
            throw new SecretsUnusable(where + " is empty");
        }
        return value;
    }
}
