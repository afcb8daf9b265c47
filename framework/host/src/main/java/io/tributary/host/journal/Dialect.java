package io.tributary.host.journal;

/// What the two databases understand differently, where a statement is shared.
enum Dialect {
    SQLITE {
        @Override
        String snapshot() {
            return "begin";
        }

        @Override
        String tested(String column) {
            return "+" + column;
        }

        @Override
        String by(String index) {
            return " indexed by " + index;
        }

        @Override
        String given(String text) {
            return text;
        }

        @Override
        String taken(String text) {
            return text;
        }
    },
    POSTGRES {
        @Override
        String snapshot() {
            return "begin isolation level repeatable read read only";
        }

        @Override
        String tested(String column) {
            return column;
        }

        @Override
        String by(String index) {
            return "";
        }

        @Override
        String given(String text) {
            return PlainText.escape(text);
        }

        @Override
        String taken(String text) {
            return PlainText.unescape(text);
        }
    };

    /// Begins a transaction whose statements all see one state.
    abstract String snapshot();

    /// A column that is to be tested row by row, whatever index there is.
    abstract String tested(String column);

    /// Behind a table's name: that it is to be read by this index, where the database would take
    /// another.
    abstract String by(String index);

    /// A text as it is written.
    abstract String given(String text);

    /// A text that was read, as it had been given.
    abstract String taken(String text);
}
