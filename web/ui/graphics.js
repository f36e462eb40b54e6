/**
 * Paints a list of triangles on the canvas with WebGL2 (src/platform/web/canvas.cpp). The context is ours alone: its
 * state is set once and never asked for, because every question to it makes the page wait for the graphics process.
 *
 * A vertex is 20 bytes: position and texture coordinates as floats, colour as four bytes; an index is 2 bytes.
 */
const vertexShader = `#version 300 es
layout(location=0) in vec2 position;
layout(location=1) in vec2 place;
layout(location=2) in vec4 ink;
uniform vec2 size;
out vec2 at;
out vec4 color;
void main() { at = place; color = ink; gl_Position = vec4(position.x / size.x * 2. - 1., 1. - position.y / size.y * 2., 0, 1); }`;
const fragmentShader = `#version 300 es
precision highp float;
uniform sampler2D picture;
in vec2 at;
in vec4 color;
out vec4 result;
void main() { result = color * texture(picture, at); }`;

/** @param {HTMLCanvasElement} canvas @param {HTMLCanvasElement} textCanvas */
export const createGraphics = (canvas, textCanvas) => {
  /** @type {WebGL2RenderingContext} */
  let gl;
  /** Number 0 is one white pixel. Numbers are never reused. @type {Map<number, WebGLTexture | null>} */
  const textures = new Map();
  let last = 0;
  let erases = false;
  /** @type {WebGLUniformLocation | null} */
  let size = null;

  /** @param {boolean} on what is drawn takes away as much as it covers */
  const erase = (on) => {
    erases = on;
    gl.blendFuncSeparate(on ? gl.ZERO : gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA, on ? gl.ZERO : gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  };

  /** @param {number} number @param {TexImageSource} source */
  const texture = (number, source) => {
    const made = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, made);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
    // The browser takes the alpha out of the colours of a 2D canvas: that is what the blending here wants.
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, source);
    textures.set(number, made);
    return number;
  };

  /** @param {number} kind @param {string} source */
  const shader = (kind, source) => {
    const made = /** @type {WebGLShader} */ (gl.createShader(kind));
    gl.shaderSource(made, source);
    gl.compileShader(made);
    return made;
  };

  return {
    /** Makes everything, the first time and after the context was lost. False: there are no graphics. */
    startGraphics() {
      try {
        const made = canvas.getContext('webgl2', {
          alpha: true, premultipliedAlpha: true, antialias: false, depth: false, stencil: false,
          preserveDrawingBuffer: false, powerPreference: 'low-power',
        });
        if (!made || made.isContextLost()) return false;
        gl = made;
        const program = /** @type {WebGLProgram} */ (gl.createProgram());
        gl.attachShader(program, shader(gl.VERTEX_SHADER, vertexShader));
        gl.attachShader(program, shader(gl.FRAGMENT_SHADER, fragmentShader));
        gl.linkProgram(program);
        if (!gl.getProgramParameter(program, gl.LINK_STATUS)) return false;
        gl.useProgram(program);
        size = gl.getUniformLocation(program, 'size');
        gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
        gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, gl.createBuffer());
        [[2, gl.FLOAT, 0], [2, gl.FLOAT, 8], [4, gl.UNSIGNED_BYTE, 16]].forEach(([count, type, offset], place) => {
          gl.enableVertexAttribArray(place);
          gl.vertexAttribPointer(place, count, type, type !== gl.FLOAT, 20, offset);
        });
        gl.enable(gl.BLEND);
        erase(false);
        textures.clear();
        texture(0, new ImageData(new Uint8ClampedArray(4).fill(255), 1));
        return true;
      } catch {
        return false;
      }
    },
    /** What the text painter drew last, as a texture. */
    textTexture: () => texture((last += 1), textCanvas),
    /** @param {number} number */
    releaseTexture(number) {
      gl.deleteTexture(textures.get(number) ?? null);
      textures.delete(number);
    },
    /** @param {number} width @param {number} height device px @param {Uint8Array} vertices @param {Uint8Array} indices */
    beginPicture(width, height, vertices, indices) {
      gl.viewport(0, 0, width, height);
      gl.clear(gl.COLOR_BUFFER_BIT);
      gl.uniform2f(size, width, height);
      gl.bufferData(gl.ARRAY_BUFFER, vertices, gl.STREAM_DRAW);
      gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, indices, gl.STREAM_DRAW);
    },
    /** @param {number} first @param {number} count indices @param {number} number @param {boolean} erasing */
    triangles(first, count, number, erasing) {
      if (erasing !== erases) erase(erasing);
      gl.bindTexture(gl.TEXTURE_2D, textures.get(number) ?? null);
      gl.drawElements(gl.TRIANGLES, count, gl.UNSIGNED_SHORT, first * 2);
    },
  };
};
