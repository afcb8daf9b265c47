package io.tributary.host.accounts;

import io.tributary.host.secrets.Reference;
import java.nio.file.Path;

/// What somebody says about one secret of an account. Prints nothing.
public sealed interface GivenSecret {

    /// It is in a file.
    static GivenSecret file(Path path) {
        return new At(new Reference.File(path));
    }

    /// It is in an environment variable.
    static GivenSecret environment(String variable) {
        return new At(new Reference.Environment(variable));
    }

    /// The secret itself; kept sealed.
    record Value(String text) implements GivenSecret {

        @Override
        public String toString() {
            return "Value[***]";
        }
    }

    /// Where it is; read each time the account is opened.
    record At(Reference reference) implements GivenSecret {}

    /// It is not set any more.
    record Removed() implements GivenSecret {}
}
