/// The command line.
@NullMarked
package io.tributary.host.command;

import org.jspecify.annotations.NullMarked;
