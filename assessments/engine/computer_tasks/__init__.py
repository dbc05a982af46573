"""Tasks at the computer, made from a seed: find, copy, compare and calculate, each with an exact key."""

from assessments.engine.computer_tasks.made import VERSION, make_tasks
from assessments.engine.computer_tasks.parts import Cell, Material, Table, Task

__all__ = ["VERSION", "Cell", "Material", "Table", "Task", "make_tasks"]
