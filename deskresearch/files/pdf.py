"""Says whether a PDF can be read by everybody: run as a script of its own, under limits, with the path of the file.

Prints `whole`, `locked` (a password is needed to open it) or `damaged`. A PDF that opens without a password but
forbids printing or copying is whole: everybody can read it.
"""

import resource
import sys

MEGABYTES = 700
SECONDS = 10

if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES * 1024 * 1024,) * 2)
    import pikepdf

    try:
        with pikepdf.open(sys.argv[1]) as pdf:
            print("whole" if len(pdf.pages) > 0 else "damaged")
    except pikepdf.PasswordError:
        print("locked")
    except Exception:
        print("damaged")
