"""Prints what nbgrader's gradebook says of an assignment, as JSON.

Usage: read_marks.py ASSIGNMENT, in the course's folder

Prints {learner: {check: points}}.
"""

import json
import sys

from nbgrader.api import Gradebook


def main(assignment):
    with Gradebook("sqlite:///gradebook.db", "inception-lab") as gradebook:
        submissions = gradebook.assignment_submissions(assignment)
        marks = {
            submission.student_id: {
                grade.name: grade.score
                for notebook in submission.notebooks
                for grade in notebook.grades
            }
            for submission in submissions
        }
    json.dump(marks, sys.stdout)


main(sys.argv[1])
