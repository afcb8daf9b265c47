/// The server, tried from outside: real sockets on free ports, honest clients and hostile ones.
@NullMarked
package io.tributary.host.http;

import org.jspecify.annotations.NullMarked;
