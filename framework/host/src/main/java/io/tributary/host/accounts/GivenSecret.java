package io.tributary.host.accounts;

import io.tributary.host.secrets.Reference;

/// What somebody says about one secret of an account. Prints nothing.
public sealed interface GivenSecret {

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
