"""What nbgrader has to know to hand out and mark the lessons of Inception Lab.

Written by "inception-lab assignment". Change it as you like: it is not written again unless you ask
for that with --force. All settings: "nbgrader generate_config".
"""

import json
import subprocess
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from nbconvert.exporters import NotebookExporter
from nbformat.v4 import new_code_cell, new_output
from nbgrader.converters import Autograde
from nbgrader.preprocessors import Execute, NbGraderPreprocessor

# What "inception-lab grade" is told besides: see "inception-lab grade --help".
grade_options = []


def grade(coursedir, assignment):
    """Marks what was handed in of an assignment: outside of nbgrader, each answer confined."""
    node, kernel, *_ = KernelSpecManager().get_kernel_spec("inception-lab").argv
    command = [node, str(Path(kernel).parents[2] / "cli" / "main.js"), "grade"]
    root = Path(coursedir.root)
    output = root / "marks" / assignment
    learner = coursedir.student_id
    subprocess.run(
        command
        + [str(root / coursedir.submitted_directory), "--assignment", assignment]
        + ["--source", str(source_of(coursedir, assignment)), "--output", str(output)]
        + ([] if learner == "*" else ["--learner", learner])
        + grade_options,
        check=True,
    )
    marked = json.loads((output / "marks.json").read_text(encoding="utf-8"))["marks"]
    return {one["learner"]: one for one in marked}


def source_of(coursedir, assignment):
    return Path(coursedir.format_path(coursedir.source_directory, ".", assignment), f"{assignment}.ipynb")


# By assignment: all of its submissions are marked when nbgrader comes to the first.
marks = {}


def marks_of(coursedir, about):
    assignment = about["assignment"]
    if assignment not in marks:
        marks[assignment] = grade(coursedir, assignment)
    return marks[assignment][about["student"]]


class AnswersInTheirPlaces(NotebookExporter):
    """Reads the notebook that was handed out, with the learner's cells in it.

    What was handed in may be damaged, of an old format, or without the names of its cells.
    """

    def from_filename(self, filename, resources=None, **rest):
        about = resources["nbgrader"]
        coursedir = self.parent.coursedir
        student, assignment = about["student"], about["assignment"]
        handed_in = Path(coursedir.format_path(coursedir.submitted_directory, student, assignment))
        if handed_in.resolve() not in Path(filename).resolve().parents:
            return super().from_filename(filename, resources=resources, **rest)
        released = coursedir.format_path(coursedir.release_directory, ".", assignment)
        notebook = nbformat.read(Path(released, f"{about['notebook']}.ipynb"), as_version=4)
        own = marks_of(coursedir, about)["cells"]
        for part in reversed(range(len(notebook.cells))):
            here = [cell for cell in own if cell["part"] == part]
            for cell in here:
                if "exercise" in cell:
                    notebook.cells[part].source = cell["code"]
            others = [new_code_cell(cell["code"]) for cell in here if "exercise" not in cell]
            notebook.cells[part + 1 : part + 1] = others
        return self.from_notebook_node(notebook, resources=resources, **rest)


class MarkOutside(NbGraderPreprocessor):
    """Puts what checks have said below them: nbgrader reads points from that."""

    def preprocess(self, notebook, resources):
        found = marks_of(self.parent.parent.coursedir, resources["nbgrader"])["marks"]
        by_name = {check["check"]: check for check in found["checks"]}
        for cell in notebook.cells:
            check = by_name.get(cell.metadata.get("nbgrader", {}).get("grade_id"))
            if check is None:
                continue
            cell.outputs = [new_output("stream", name="stdout", text=check["output"])]
            if "message" in check:
                lines = check["message"].split("\n")
                error = new_output("error", ename="CheckError", evalue=lines[0], traceback=lines)
                cell.outputs.append(error)
        return notebook, resources


c = get_config()  # noqa: F821

c.CourseDirectory.course_id = "inception-lab"
# A folder with this name could bring along another library than the one that is installed.
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", "node_modules"]

c.ClearSolutions.code_stub = {"typescript": "throw new Error('not implemented');"}
c.ClearSolutions.begin_solution_delimeter = "// BEGIN SOLUTION"
c.ClearSolutions.end_solution_delimeter = "// END SOLUTION"
c.ClearHiddenTests.begin_test_delimeter = "// BEGIN HIDDEN TESTS"
c.ClearHiddenTests.end_test_delimeter = "// END HIDDEN TESTS"

c.Autograde.exporter_class = AnswersInTheirPlaces
c.Autograde.autograde_preprocessors = [
    MarkOutside if step is Execute else step for step in Autograde.autograde_preprocessors.default()
]
