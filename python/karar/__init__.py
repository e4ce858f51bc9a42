# SPDX-License-Identifier: MIT
"""karar: who met whom, what was signed, what was promised, and the words that say so.

Reads news, press releases and communiqués in several languages into records, and keeps the account of many of them in a register:

>>> import karar
>>> record = karar.read("ISLAMABAD, Nov 27 2025: The 10th session of the Pakistan-Russia Intergovernmental Commission was held in Islamabad.")
>>> meeting = record.meetings[0]
>>> meeting.type, meeting.status, meeting.ordinal, meeting.parties, meeting.place.city
('commission', 'held', 10, ('PAK', 'RUS'), 'Islamabad')

`read` and `read_many` read reports, `Source` finds them inside files of any kind, `Register` keeps their account, `Reader` reads with language
packs of your own. Whatever can fail raises a `karar.Error`.
"""
from . import _core, _errors
from ._core import Document
from ._errors import (BadArgument, BadEncoding, BadPack, EmptyText, Error, InputOutputError, LimitPassed, NoLanguage, NoMemory, NotFound,
                      NotText)
from ._read import Reader, Reading, Source, read, read_many
from ._record import Amount, Body, Commitment, Evidence, Instrument, Meeting, Party, Person, Place, Record, Span
from ._register import Added, Register, Verified

_core.set_make_error(_errors.make)

for _name in ("Added Amount BadArgument BadEncoding BadPack Body Commitment EmptyText Error Evidence InputOutputError Instrument LimitPassed Meeting "
              "NoLanguage NoMemory NotFound NotText Party Person Place Reader Reading Record Register Source Span Verified").split():
    globals()[_name].__module__ = "karar"       # as users know it, in tracebacks and pickles

__version__ = _core.VERSION
__all__ = [
    "Added", "Amount", "BadArgument", "BadEncoding", "BadPack", "Body", "Commitment", "Document", "EmptyText", "Error", "Evidence",
    "InputOutputError", "Instrument", "LimitPassed", "Meeting", "NoLanguage", "NoMemory", "NotFound", "NotText", "Party", "Person", "Place",
    "Reader", "Reading", "Record", "Register", "Source", "Span", "Verified", "read", "read_many",
]
