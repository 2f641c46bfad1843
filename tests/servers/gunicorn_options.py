"""gunicorn's options for the tests; versions that do not know one ignore it here, and would not on the command line."""

control_socket_disable = True
