/// The command line, as a person uses it: every command against a running member.
@NullMarked
package io.tributary.host.command;

import org.jspecify.annotations.NullMarked;
