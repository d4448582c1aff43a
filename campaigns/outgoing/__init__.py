"""Calls that leave the installation: to the ward's own gateway and to the push services of browsers."""
