package io.tributary.host.artifacts;

/// Who answers for a jar.
public sealed interface Voucher {

    /// The owner of a trusted key signed it.
    ///
    /// @param key the key's id
    /// @param owner as the trust list names them
    record Signed(String key, String owner) implements Voucher {

        @Override
        public String toString() {
            return owner.isEmpty() ? key : owner + " (" + key + ")";
        }
    }

    /// It came with this host.
    record Bundled() implements Voucher {

        @Override
        public String toString() {
            return "bundled";
        }
    }

    /// Nobody does; unsigned plugins are allowed here.
    record Unsigned() implements Voucher {

        @Override
        public String toString() {
            return "unsigned";
        }
    }
}
