"""What the golden files hold of a network's answer."""


def golden_case(model, seed, height, width, logits):
    """With seven significant digits, as many as float32 has."""
    rounded = [float(f"{value:.7g}") for value in logits.tolist()]
    return {"model": model, "seed": seed, "height": height, "width": width, "logits": rounded}
