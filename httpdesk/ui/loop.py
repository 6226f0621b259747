"""Stand-in until the scheduling subclass lands."""

import qasync


class DeskLoop(qasync.QEventLoop):
    """qasync as it is."""
