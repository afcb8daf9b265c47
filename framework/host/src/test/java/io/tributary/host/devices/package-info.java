/// Sessions of devices without sockets and plugins: what goes wrong between them.
@NullMarked
package io.tributary.host.devices;

import org.jspecify.annotations.NullMarked;
