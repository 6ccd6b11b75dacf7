"""The rooms, named once. Who is in one hears what is said in it."""


def walls(code: str) -> str:
    """Projected walls and everybody else who follows an event whole, in namespace `/`."""
    return f"wall:{code}"


def phones(code: str) -> str:
    """Phones, which hear little and seldom, in namespace `/`."""
    return f"phone:{code}"


def desks(code: str) -> str:
    """Desks of signed-in organisers, in namespace `/desk`."""
    return f"desk:{code}"
