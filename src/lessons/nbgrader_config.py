"""What nbgrader has to know to hand out and mark the lessons of Inception Lab.

Written by "inception-lab assignment". Change it as you like: it is not written again unless you ask
for that with --force. All settings: "nbgrader generate_config".
"""

import os

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from nbgrader.converters import Autograde
from nbgrader.preprocessors import Execute, NbGraderPreprocessor, OverwriteCells


class RestoreCells(OverwriteCells):
    """Puts every cell back that a learner has deleted.

    nbgrader's own way looks for checks alone, fails where text stands before one, and adds a
    comment that TypeScript does not know.
    """

    def add_missing_grade_cells(self, notebook, resources):
        original = self.gradebook.find_notebook(self.notebook_id, self.assignment_id)
        points = {cell.name: cell.max_score for cell in original.grade_cells}
        solutions = {cell.name for cell in original.solution_cells}
        place = 0
        for cell in original.source_cells:
            names = [one.metadata.get("nbgrader", {}).get("grade_id") for one in notebook.cells]
            if cell.name in names:
                place = names.index(cell.name) + 1
                continue
            self.log.warning("The cell %s was missing; it is put back", cell.name)
            notebook.cells.insert(place, restored(cell, points, solutions))
            place += 1
        return notebook, resources


def restored(cell, points, solutions):
    grading = {
        "schema_version": 3,
        "grade_id": cell.name,
        "grade": cell.name in points,
        "solution": cell.name in solutions,
        "locked": cell.locked,
        "task": False,
        "cell_type": cell.cell_type,
        "checksum": cell.checksum,
    }
    if cell.name in points:
        grading["points"] = points[cell.name]
    new_cell = new_code_cell if cell.cell_type == "code" else new_markdown_cell
    return new_cell(cell.source, metadata={"nbgrader": grading})


class ExecuteToTheEnd(Execute):
    """Lets a cell that ends its kernel, or cannot be interrupted, cost the checks from there on.

    nbgrader's own way gives the whole submission up.
    """

    is_dead = False

    def preprocess_cell(self, cell, resources, index):
        if not self.is_dead:
            try:
                return super().preprocess_cell(cell, resources, index)
            except (CellTimeoutError, DeadKernelError) as error:
                self.log.warning("The kernel was lost in cell %s: %s", index, error)
                self.is_dead = True
        if cell.cell_type == "code":
            why = "The kernel was lost, in this cell or before it."
            cell.outputs.append(new_output("error", ename="DeadKernel", evalue=why, traceback=[why]))
        return cell, resources


class OnlyErrorsCost(NbGraderPreprocessor):
    """Takes a warning for what it is: nbgrader gives no points where anything is on stderr.

    This kernel reports an error as an error.
    """

    def preprocess_cell(self, cell, resources, index):
        for output in cell.get("outputs", []):
            if output.output_type == "stream":
                output.name = "stdout"
        return cell, resources


c = get_config()  # noqa: F821

c.CourseDirectory.course_id = "inception-lab"
# A folder with this name could bring along another library than the one that is installed.
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", "node_modules"]

c.ClearSolutions.code_stub = {"typescript": "throw new Error('not implemented');"}
c.ClearSolutions.begin_solution_delimeter = "// BEGIN SOLUTION"
c.ClearSolutions.end_solution_delimeter = "// END SOLUTION"
c.ClearHiddenTests.begin_test_delimeter = "// BEGIN HIDDEN TESTS"
c.ClearHiddenTests.end_test_delimeter = "// END HIDDEN TESTS"

# Seconds for one cell, 30 by default: the first may have to find out which backends work here.
c.Execute.timeout = 120
# The largest heap that a kernel may have, in megabytes. Tensors are not in it.
os.environ.setdefault("NODE_OPTIONS", "--max-old-space-size=2048")

c.OverwriteCells.add_missing_cells = True
ours = {Execute: [ExecuteToTheEnd, OnlyErrorsCost], OverwriteCells: [RestoreCells]}


def with_ours(steps):
    return [one for step in steps for one in ours.get(step, [step])]


c.Autograde.sanitize_preprocessors = with_ours(Autograde.sanitize_preprocessors.default())
c.Autograde.autograde_preprocessors = with_ours(Autograde.autograde_preprocessors.default())
