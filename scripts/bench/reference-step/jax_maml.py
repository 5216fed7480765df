"""JAX's side of the reference step: the step that ../shared/bench/pytorch_maml.py measures, jitted whole with Adam (`pip install jax`).

    python jax_maml.py [--tasks 32,256] [--inner 5] [--repeats 40] [--json FILE]

Prints the median of the repeats. Compiling is not in it. Parameters and moments are donated, so that they are updated in place.
"""
import argparse, json, statistics, time
import jax, jax.numpy as jnp

def parameters(key, sizes=(48, 64, 64, 1)):
    keys = jax.random.split(key, len(sizes) - 1)
    return [p for k, a, b in zip(keys, sizes, sizes[1:]) for p in (jax.random.normal(k, (a, b)) * .1, jnp.zeros((1, b)))]

def forward(p, x):
    for i in range(0, len(p) - 2, 2): x = jax.nn.relu(x @ p[i] + p[i + 1])
    return x @ p[-2] + p[-1]

def loss(p, x, y):
    z = forward(p, x)
    return (jax.nn.softplus(z) - y * z).mean()

def step(theta, m, v, t, xs, ys, xq, yq, inner):
    def task(x, y, q, r, p):
        for _ in range(inner):
            p = [w - .1 * g for w, g in zip(p, jax.grad(loss)(p, x, y))]
        return loss(p, q, r)
    objective = lambda p: jax.vmap(task, in_axes=(0, 0, 0, 0, None))(xs, ys, xq, yq, p).mean()
    value, gradients = jax.value_and_grad(objective)(theta)
    m = [.9 * a + .1 * g for a, g in zip(m, gradients)]
    v = [.999 * a + .001 * g * g for a, g in zip(v, gradients)]
    theta = [w - 1e-3 / (1 - .9 ** t) * a / (jnp.sqrt(b) / jnp.sqrt(1 - .999 ** t) + 1e-8) for w, a, b in zip(theta, m, v)]
    return theta, m, v, value

def main():
    a = argparse.ArgumentParser(); a.add_argument('--tasks', default='32,256'); a.add_argument('--inner', type=int, default=5)
    a.add_argument('--repeats', type=int, default=40); a.add_argument('--json'); args = a.parse_args()
    compiled, report = jax.jit(step, static_argnums=8, donate_argnums=(0, 1, 2)), []
    for tasks in map(int, args.tasks.split(',')):
        keys = jax.random.split(jax.random.key(1), 5)
        data = [jax.random.normal(keys[0], (tasks, 10, 48)), (jax.random.uniform(keys[1], (tasks, 10, 1)) > .5).astype(jnp.float32),
                jax.random.normal(keys[2], (tasks, 10, 48)), (jax.random.uniform(keys[3], (tasks, 10, 1)) > .5).astype(jnp.float32)]
        theta = parameters(keys[4]); m, v, times = [jnp.zeros_like(p) for p in theta], [jnp.zeros_like(p) for p in theta], []
        for i in range(args.repeats + 3):
            began = time.perf_counter()
            theta, m, v, value = compiled(theta, m, v, jnp.float32(i + 1), *data, args.inner)
            jax.block_until_ready((theta, m, v, value))
            if i >= 3: times.append((time.perf_counter() - began) * 1e3)
        report.append(dict(tasks=tasks, way='jit', milliseconds=statistics.median(times)))
        print(f"jit {tasks:4d} tasks  {report[-1]['milliseconds']:8.1f} ms", flush=True)
    if args.json: json.dump(report, open(args.json, 'w'), indent=1)

if __name__ == '__main__': main()
